package dev.hotupdater.protocol.tauri;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.protocol.tauri.Web.Reply;
import dev.hotupdater.signature.MinisignPublicKey;
import dev.hotupdater.signature.MinisignSignature;
import dev.hotupdater.signature.MinisignVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A client as strict as the strictest of them: it asks, decides, downloads and verifies like the
 * updaters of Tauri 1 and 2, and refuses whatever one of them would refuse.
 *
 * <p>Source: Tauri protocol, sections 1 to 8.
 */
final class StrictTauriClient {
  static final String VERSION_1 = "tauri/updater";
  static final String VERSION_2 = "tauri-plugin-updater/2.13.3";

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d"
              + "(?:\\.\\d+)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)");
  private static final Pattern BASE64 =
      Pattern.compile(
          "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?");
  private static final List<String> DROPPED_ON_OTHER_HOST =
      List.of("Authorization", "Cookie", "Cookie2", "Proxy-Authorization", "WWW-Authenticate");

  private final Web web;
  private final List<String> endpoints = new ArrayList<>();
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private String userAgent = VERSION_2;
  private String os = "linux";
  private Optional<String> ownTarget = Optional.empty();
  private String arch = "x86_64";
  private Optional<String> bundleType = Optional.of("unknown");
  private String currentVersion = "1.0.0";
  private String publicKey = "";
  private boolean requiresSignedVersion;

  /** What ends a check or an installation with an error. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }

  /** An update that was found. */
  record Update(String version, URI url, String signature, Optional<String> notes, JsonNode raw) {}

  private record Platform(URI url, String signature) {}

  private record Manifest(
      String version,
      Optional<String> notes,
      Map<String, Platform> platforms,
      Optional<Platform> dynamic,
      JsonNode raw) {}

  StrictTauriClient(Web web) {
    this.web = web;
  }

  StrictTauriClient endpoint(String template) {
    endpoints.add(template);
    return this;
  }

  StrictTauriClient header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  StrictTauriClient on(String system, String processor) {
    os = system;
    arch = processor;
    return this;
  }

  StrictTauriClient installedAs(String type) {
    bundleType = Optional.of(type);
    return this;
  }

  StrictTauriClient askingFor(String target) {
    ownTarget = Optional.of(target);
    return this;
  }

  StrictTauriClient running(String version) {
    currentVersion = version;
    return this;
  }

  /** The client of Tauri 1, which knows of no bundle types. */
  StrictTauriClient version1() {
    userAgent = VERSION_1;
    bundleType = Optional.empty();
    return this;
  }

  /** A client of Tauri 2 from before there were bundle types. */
  StrictTauriClient early() {
    userAgent = "tauri-plugin-updater/2.0.2";
    bundleType = Optional.empty();
    return this;
  }

  StrictTauriClient builtWith(String key) {
    publicKey = key;
    return this;
  }

  StrictTauriClient requiringSignedVersion() {
    requiresSignedVersion = true;
    return this;
  }

  /** The address that an endpoint stands for. */
  URI url(String template) {
    String encoded = template.replace("{", "%7B").replace("}", "%7D");
    if (userAgent.equals(VERSION_1)) {
      // It decodes the whole address first, and replaces in that.
      String replaced = substitute(template, "{{", "}}", currentVersion);
      return URI.create(replaced.replace("{", "%7B").replace("}", "%7D"));
    }
    return URI.create(substitute(encoded, "%7B%7B", "%7D%7D", currentVersion.replace("+", "%2B")));
  }

  private String substitute(String template, String open, String close, String version) {
    String replaced =
        template
            .replace(open + "target" + close, ownTarget.orElse(os))
            .replace(open + "arch" + close, arch)
            .replace(open + "current_version" + close, version);
    return bundleType
        .map(type -> replaced.replace(open + "bundle_type" + close, type))
        .orElse(replaced);
  }

  /** What the client finds; empty if it is told, or sees, that there is nothing newer. */
  Optional<Update> check() {
    Failed last = new Failed("Could not fetch a valid release JSON from the remote");
    Optional<Manifest> found = Optional.empty();
    for (String endpoint : endpoints) {
      Optional<Reply> reply = send(url(endpoint), "application/json", 10);
      if (reply.isEmpty() || reply.get().status() / 100 != 2) {
        continue;
      }
      if (reply.get().status() == 204) {
        return Optional.empty();
      }
      JsonNode json = json(reply.get().body());
      try {
        found = Optional.of(manifest(json));
        break;
      } catch (Failed e) {
        last = e;
      }
    }
    if (found.isEmpty()) {
      throw last;
    }
    Manifest manifest = found.get();
    Platform platform = platform(manifest);
    return isNewer(manifest.version())
        ? Optional.of(
            new Update(
                manifest.version(),
                platform.url(),
                platform.signature(),
                manifest.notes(),
                manifest.raw()))
        : Optional.empty();
  }

  private boolean isNewer(String version) {
    return RustVersion.parse(version).compareTo(RustVersion.parse(currentVersion)) > 0;
  }

  private static JsonNode json(byte[] body) {
    if (body.length > 0 && body[0] == (byte) 0xef) {
      throw new Failed("not JSON: a byte order mark");
    }
    try {
      JsonNode json = JSON.readTree(body);
      if (json.isMissingNode()) {
        throw new Failed("not JSON: nothing");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new Failed("not JSON: " + e.getMessage());
    } catch (IOException e) {
      throw new Failed("not UTF-8");
    }
  }

  private static Manifest manifest(JsonNode json) {
    if (json.has("version") && json.has("name")) {
      throw new Failed("duplicate field `version`");
    }
    String version = text(json, json.has("name") ? "name" : "version");
    while (version.startsWith("v")) {
      version = version.substring(1);
    }
    try {
      RustVersion.parse(version);
    } catch (IllegalArgumentException e) {
      throw new Failed("invalid version: " + version);
    }
    checkDate(json.path("pub_date"));
    Map<String, Platform> platforms = new TreeMap<>();
    boolean isStatic = !isAbsent(json.path("platforms"));
    if (isStatic) {
      json.get("platforms")
          .properties()
          .forEach(entry -> platforms.put(entry.getKey(), platform(entry.getValue())));
    }
    return new Manifest(
        version,
        isAbsent(json.path("notes")) ? Optional.empty() : Optional.of(text(json, "notes")),
        platforms,
        isStatic ? Optional.empty() : Optional.of(platform(json)),
        json);
  }

  private static void checkDate(JsonNode date) {
    if (isAbsent(date)) {
      return;
    }
    if (!date.isTextual() || !DATE.matcher(date.textValue()).matches()) {
      throw new Failed("invalid value for `pub_date`: " + date);
    }
  }

  private static Platform platform(JsonNode json) {
    URI url = URI.create(text(json, "url"));
    if (!url.isAbsolute() || url.getHost() == null) {
      throw new Failed("relative URL without a base: " + url);
    }
    return new Platform(url, text(json, "signature"));
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new Failed("the `" + field + "` field was not set on the updater response");
    }
    return value.textValue();
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private Platform platform(Manifest manifest) {
    if (manifest.dynamic().isPresent()) {
      return manifest.dynamic().get();
    }
    List<String> keys = new ArrayList<>();
    if (ownTarget.isPresent()) {
      keys.add(ownTarget.get());
    } else {
      bundleType.ifPresent(type -> keys.add(os + "-" + arch + "-" + type));
      keys.add(os + "-" + arch);
    }
    return keys.stream()
        .filter(manifest.platforms()::containsKey)
        .map(manifest.platforms()::get)
        .findFirst()
        .orElseThrow(() -> new Failed("None of the fallback platforms were found: " + keys));
  }

  /** Downloads an update, and verifies it. */
  byte[] download(Update update) {
    Reply reply =
        send(update.url(), "application/octet-stream", userAgent.equals(VERSION_1) ? 5 : 10)
            .orElseThrow(() -> new Failed("no such host"));
    if (reply.status() / 100 != 2) {
      throw new Failed("Download request failed with status: " + reply.status());
    }
    if (reply.headers().first("Content-Encoding").isPresent()) {
      throw new Failed("a client that decodes it gets other bytes than were signed");
    }
    verify(update, reply.body());
    return reply.body();
  }

  private void verify(Update update, byte[] bytes) {
    String text = new String(base64(update.signature()), StandardCharsets.UTF_8);
    String[] lines = text.split("\n");
    if (lines.length < 4
        || base64(lines[1]).length != 74
        || base64(lines[3]).length != 64
        || !lines[2].startsWith("trusted comment: ")) {
      throw new Failed("InvalidEncoding");
    }
    MinisignVerifier verifier =
        MinisignVerifier.of(
            MinisignSignature.parse(update.signature()), MinisignPublicKey.parse(publicKey));
    verifier.update(bytes, 0, bytes.length);
    verifier.verify();
    checkSignedVersion(lines[2].substring("trusted comment: ".length()), update.version());
  }

  private void checkSignedVersion(String trustedComment, String announced) {
    for (String field : trustedComment.split("\t", -1)) {
      if (field.startsWith("version:")) {
        if (!field.substring("version:".length()).equals(announced)) {
          throw new Failed("SignedVersionMismatch");
        }
        return;
      }
    }
    if (requiresSignedVersion) {
      throw new Failed("MissingSignedVersion");
    }
  }

  private static byte[] base64(String text) {
    if (!BASE64.matcher(text).matches()) {
      throw new Failed("InvalidByte or InvalidPadding: " + text);
    }
    return Base64.getDecoder().decode(text);
  }

  /** Follows redirects as the HTTP client does: without credentials to another host. */
  private Optional<Reply> send(URI first, String accept, int maxRedirects) {
    Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sent.put("User-Agent", userAgent);
    sent.putAll(headers);
    sent.put("Accept", accept);
    URI uri = first;
    for (int redirects = 0; redirects <= maxRedirects; redirects++) {
      Optional<Reply> reply = web.get(uri, sent);
      Optional<String> location =
          reply
              .filter(each -> each.status() / 100 == 3)
              .flatMap(each -> each.headers().first("Location"));
      if (location.isEmpty()) {
        return reply;
      }
      URI next = uri.resolve(location.get());
      if (!next.getScheme().equals(uri.getScheme())
          || !next.getRawAuthority().equals(uri.getRawAuthority())) {
        DROPPED_ON_OTHER_HOST.forEach(sent::remove);
      }
      uri = next;
    }
    throw new Failed("too many redirects");
  }
}
