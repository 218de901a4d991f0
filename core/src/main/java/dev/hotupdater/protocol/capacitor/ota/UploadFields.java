package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.liveupdate.NativeVersion;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.liveupdate.WebArtifact.Encryption;
import dev.hotupdater.protocol.UploadForm;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseRules;
import dev.hotupdater.release.ReleaseVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text fields of an upload, with errors that name the field. One that is blank is absent: a
 * script sends it so when a variable of its own is empty.
 */
final class UploadFields {
  /** The fields of a package, and the most bytes of each. */
  static final Map<String, Integer> OF_PACKAGE = Map.of("version", 256, "checksum", 256);

  /** The fields of a web bundle, and the most bytes of each. */
  static final Map<String, Integer> OF_BUNDLE =
      Map.ofEntries(
          Map.entry("version", 256),
          Map.entry("channel", 256),
          Map.entry("checksum", 1024),
          Map.entry("platform", 64),
          Map.entry("session_key", 1024),
          Map.entry("key_id", 512),
          Map.entry("notes", 3 * ReleaseRules.MAX_TEXT_LENGTH),
          Map.entry("comment", 4096),
          Map.entry("link", 2048),
          Map.entry("mandatory", 16),
          Map.entry("min_native_version", 256),
          Map.entry("rollout", 16));

  private static final Pattern SHA_256 = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,4}");

  private final UploadForm form;

  UploadFields(UploadForm form) {
    this.form = form;
  }

  private Optional<String> text(String name) {
    return form.text(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  ReleaseVersion version() {
    String text = text("version").orElseThrow(() -> wrong("version", "is missing"));
    return ReleaseVersion.of(text);
  }

  String channel() {
    return text("channel").orElse(Release.Builder.DEFAULT_CHANNEL);
  }

  String platform() {
    return text("platform").orElse(WebArtifact.ANY_PLATFORM);
  }

  /** The SHA-256 that the file has, as its publisher says. */
  Optional<String> sha256() {
    return matching("checksum", SHA_256, "must be a SHA-256 of 64 hexadecimal digits");
  }

  /** How the file was encrypted; absent if it was not. */
  Optional<Encryption> encryption() {
    Optional<String> keyId = text("key_id");
    Optional<String> sessionKey = text("session_key");
    if (sessionKey.isEmpty() && keyId.isPresent()) {
      throw wrong("session_key", "is missing, which 'key_id' belongs to");
    }
    return sessionKey.map(key -> new Encryption(key, encryptedChecksum(), keyId));
  }

  private String encryptedChecksum() {
    return text("checksum")
        .orElseThrow(() -> wrong("checksum", "is missing: an encrypted bundle needs its own"));
  }

  String notes() {
    return form.text("notes").filter(text -> !text.isBlank()).or(() -> text("comment")).orElse("");
  }

  Optional<String> link() {
    Optional<String> link = text("link");
    if (link.filter(text -> !isWebAddress(text)).isPresent()) {
      throw wrong("link", "must be an http(s) URL");
    }
    return link;
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || "http".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  boolean mandatory() {
    return text("mandatory")
        .map(
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw wrong("mandatory", "must be true or false");
                })
        .orElse(false);
  }

  Optional<ReleaseVersion> minNativeVersion() {
    return text("min_native_version")
        .map(
            text ->
                NativeVersion.parse(text)
                    .orElseThrow(() -> wrong("min_native_version", "must be a version")));
  }

  Rollout rollout() {
    String expectation = "must be a whole number between 0 and " + Rollout.FULL.count();
    Optional<Integer> count = matching("rollout", COUNT, expectation).map(Integer::valueOf);
    if (count.filter(each -> each > Rollout.FULL.count()).isPresent()) {
      throw wrong("rollout", expectation);
    }
    return count.map(Rollout::of).orElse(Rollout.FULL);
  }

  private Optional<String> matching(String name, Pattern form, String expectation) {
    Optional<String> text = text(name);
    if (text.filter(each -> !form.matcher(each).matches()).isPresent()) {
      throw wrong(name, expectation);
    }
    return text;
  }

  private static MalformedRequestException wrong(String name, String what) {
    return new MalformedRequestException("The '" + name + "' field " + what + ".");
  }
}
