package dev.hotupdater.protocol.synckit;

import dev.hotupdater.ClockedServer;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.http.Access;
import dev.hotupdater.publishing.ReleasePublishing;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.SettableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A server with the routes, and a publisher who knows its token. */
final class SyncKitServer implements AutoCloseable {
  static final String BASE = "/api/sync/ota";
  static final String ADDRESS = "https://updates.example.com";
  private static final String TOKEN = "a-token-of-the-publisher";

  final SettableClock clock = new SettableClock(Instant.parse("2026-03-13T12:00:00.123Z"));
  final FileStorage storage;
  final HotUpdater server;

  private SyncKitServer(Path directory, UnaryOperator<SyncKitRoutes> settings) {
    storage = FileStorage.builder(directory).clock(clock).build();
    SyncKitRoutes routes =
        SyncKitRoutes.at(BASE)
            .protectedBy(Access.bearerToken(TOKEN))
            .publishing(ReleasePublishing.builder().withoutWatch());
    server =
        ClockedServer.build(
            HotUpdater.builder()
                .database(InMemoryDatabase.create())
                .storage(storage)
                .publicUrl(URI.create(ADDRESS))
                .routes(settings.apply(routes)),
            clock);
  }

  static SyncKitServer start(Path directory) {
    return start(directory, UnaryOperator.identity());
  }

  static SyncKitServer start(Path directory, UnaryOperator<SyncKitRoutes> settings) {
    return new SyncKitServer(directory, settings);
  }

  Answer send(String method, String path, String body) {
    return TestServer.send(
        server, method, BASE + path, Map.of("Authorization", "Bearer " + TOKEN), body);
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  /** Uploads as every HTTP client can, with nothing but the address. */
  Answer upload(Answer announced, String bytes) {
    String url = announced.json().path("upload_url").asText();
    return TestServer.send(server, "PUT", url.substring(ADDRESS.length()), Map.of(), bytes);
  }

  /** The path of a new release of the app {@code app}, which is made if need be. */
  String newRelease(String version) {
    put("/apps/app/slug", "{\"slug\":\"my-app\"}");
    Answer created = post("/apps/app/releases", "{\"version\":\"" + version + "\"}");
    return "/apps/app/releases/" + created.json().path("id").asText();
  }

  Answer announce(String release, String fields) {
    return post(
        release + "/artifacts",
        "{\"target\":\"darwin\",\"arch\":\"aarch64\",\"file_size\":4" + fields + "}");
  }

  @Override
  public void close() {
    server.close();
  }
}
