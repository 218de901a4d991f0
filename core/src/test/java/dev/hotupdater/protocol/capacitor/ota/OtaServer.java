package dev.hotupdater.protocol.capacitor.ota;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.ClockedServer;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.FormPart;
import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.release.AppId;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An own OTA server, the scripts of its publisher, and devices. */
final class OtaServer implements AutoCloseable {
  static final String ADDRESS = "https://worker.example.com";
  static final AppId APP = AppId.of("com.example.app");
  static final String USER = "admin";
  static final String PASSWORD = "mypassword";
  static final String TOKEN = "a-token-for-the-tests";
  static final SignIn SIGN_IN =
      (user, password) ->
          user.equals(USER) && password.equals(PASSWORD) ? Optional.of(TOKEN) : Optional.empty();

  /** The clock stands still, so that all uploads are made at the same moment. */
  final SettableClock clock = new SettableClock(Instant.parse("2026-03-13T12:00:00Z"));

  final Path spool;
  final HotUpdater server;

  private final SilentDatabase database;
  private final Path files;

  private OtaServer(
      SilentDatabase database,
      Path spool,
      Path files,
      UnaryOperator<OwnOta> settings,
      List<RouteGroup> others) {
    this.database = database;
    this.spool = spool;
    this.files = files;
    OwnOta ota = settings.apply(OwnOta.forApp(APP).spoolDirectory(spool));
    HotUpdaterBuilder builder =
        HotUpdater.builder()
            .database(database)
            .storage(FileStorage.builder(files).clock(clock).build())
            .publicUrl(URI.create(ADDRESS))
            .withoutUpdateChecks()
            // Only what this server has written itself is known at once.
            .freshness(Freshness.polling(Duration.ofHours(1), Duration.ofHours(1)))
            .routes(ota.publicRoutes())
            .routes(ota.signInRoutes(SIGN_IN))
            .routes(ota.adminRoutes(Access.bearerToken(TOKEN)));
    others.forEach(builder::routes);
    server = ClockedServer.build(builder, clock);
  }

  static OtaServer start(Path directory) {
    return start(directory, UnaryOperator.identity());
  }

  static OtaServer start(Path directory, UnaryOperator<OwnOta> settings, RouteGroup... others) {
    try {
      return new OtaServer(
          new SilentDatabase(),
          Files.createDirectory(directory.resolve("spool")),
          directory.resolve("files"),
          settings,
          List.of(others));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another server over the same database and files. */
  OtaServer startAnother() {
    return new OtaServer(database, spool, files, UnaryOperator.identity(), List.of());
  }

  /** An answer with its body read. */
  record Reply(int status, HttpHeaders headers, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }

    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new AssertionError("Not JSON: " + text(), e);
      }
    }

    String field(String name) {
      return json().path(name).asText();
    }

    String header(String name) {
      return headers.first(name).orElse("");
    }
  }

  Reply send(HttpRequest request) {
    HttpResponse response = server.handle(request);
    try (HttpBody body = response.body()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (!request.method().equals("HEAD")) {
        body.writeTo(bytes);
      }
      return new Reply(response.status(), response.headers(), bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static HttpRequest.Builder request(String method, String target, Map<String, String> headers) {
    int query = target.indexOf('?');
    HttpHeaders.Builder fields = HttpHeaders.builder();
    headers.forEach(fields::add);
    return HttpRequest.builder(method, query < 0 ? target : target.substring(0, query))
        .rawQuery(query < 0 ? "" : target.substring(query + 1))
        .headers(fields.build())
        .remoteAddress(() -> Optional.of("192.0.2.1"))
        .context(RequestContext.none());
  }

  /** As a device or a browser, without a token. */
  Reply get(String target) {
    return get(target, Map.of());
  }

  Reply get(String target, Map<String, String> headers) {
    return send(request("GET", target, headers).build());
  }

  Reply post(String target, String json) {
    return send(
        request("POST", target, Map.of())
            .body(new ByteArrayInputStream(json.getBytes(UTF_8)))
            .build());
  }

  /** As a publisher, with a token. */
  Reply admin(String method, String target) {
    return send(request(method, target, Map.of("Authorization", "Bearer " + TOKEN)).build());
  }

  Reply login(String json) {
    return post("/api/auth/login", json);
  }

  static FormPart field(String name, String value) {
    return new FormPart(
        name, Optional.empty(), Optional.empty(), new ByteArrayInputStream(value.getBytes(UTF_8)));
  }

  static FormPart file(String name, InputStream content) {
    return new FormPart("file", Optional.of(name), Optional.of("application/zip"), content);
  }

  static FormPart file(byte[] content) {
    return file("com.example.app_1.0.0.zip", new ByteArrayInputStream(content));
  }

  /** Sends a form as the scripts do. */
  Reply form(String path, Map<String, String> headers, FormPart... parts) {
    return send(
        request("POST", path, headers)
            .formReader(
                (request, visitor) -> {
                  for (FormPart part : parts) {
                    visitor.visit(part);
                  }
                })
            .build());
  }

  Reply upload(FormPart... parts) {
    return form("/api/ota/admin/ota/upload", Map.of("Authorization", "Bearer " + TOKEN), parts);
  }

  Reply uploadPackage(FormPart... parts) {
    return form("/api/ota/admin/apk/upload", Map.of("Authorization", "Bearer " + TOKEN), parts);
  }

  /** Uploads a bundle to a channel, with no other bytes than its version and channel make. */
  Reply upload(String channel, String version) {
    return upload(file(zip(version)), field("version", version), field("channel", channel));
  }

  /** Uploads an older or newer bundle for everybody. */
  Reply upload(String version) {
    return upload("stable", version);
  }

  /** A bundle that has its name in it, so that no two are the same. */
  static byte[] zip(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry("index.html");
      entry.setTime(1_700_000_000_000L);
      zip.putNextEntry(entry);
      zip.write(("<title>" + name + "</title>").getBytes(UTF_8));
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A device that asks for an update. */
  Reply check(String plugin, String nativeVersion, String bundle, String defaultChannel) {
    return post(
        "/api/ota/check",
        """
        {"platform":"android","device_id":"0190b5a0-7c55-7000-8000-0123456789ab",
         "app_id":"com.example.app","custom_id":"","version_build":"%s","version_code":"100",
         "version_os":"14","version_name":"%s","plugin_version":"%s","is_emulator":false,
         "is_prod":true,"install_source":"google_play","defaultChannel":"%s"}
        """
            .formatted(nativeVersion, bundle, plugin, defaultChannel));
  }

  Reply check(String nativeVersion, String bundle, String defaultChannel) {
    return check("8.51.23", nativeVersion, bundle, defaultChannel);
  }

  Reply check(String nativeVersion, String bundle) {
    return check(nativeVersion, bundle, "");
  }

  /** The path of an address that this server gave. */
  static String path(String url) {
    if (!url.startsWith(ADDRESS)) {
      throw new AssertionError(url + " is not of this server");
    }
    return url.substring(ADDRESS.length());
  }

  /** The versions in the history, as it lists them. */
  List<String> history(String query) {
    List<String> versions = new ArrayList<>();
    admin("GET", "/api/ota/admin/ota/history" + query)
        .json()
        .forEach(entry -> versions.add(entry.path("version").asText()));
    return versions;
  }

  /** The files of uploads that are still there. */
  List<Path> spooled() {
    try (Stream<Path> files = Files.list(spool)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
