package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.CountingStorage;
import dev.hotupdater.fixture.ReleaseFixture;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.liveupdate.FileManifest;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.liveupdate.WebArtifact.Encryption;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactState;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.LiveUpdateSettings;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageUri;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A server with an app, its web bundles, and devices that ask it. */
final class CapgoServer implements AutoCloseable {
  static final String ADDRESS = "https://updates.example.com";
  static final String SHA_256 = "ab".repeat(32);
  static final String CRC_32 = "0a1b2c3d";
  static final String SESSION_KEY = "A".repeat(22) + "==:" + "A".repeat(342) + "==";
  static final String CURRENT = "8.51.23";
  static final String DEVICE_ID = "6f1c1f1e-64a0-4b2e-9a55-3f9f6f1f0a11";

  private final FileStorage files;
  private final CountingStorage cloud = new CountingStorage();
  private final HotUpdater server;
  private long sequence;

  CapgoServer(Path directory) {
    this(directory, builder -> builder, CapgoRoutes.at(""));
  }

  CapgoServer(Path directory, UnaryOperator<HotUpdaterBuilder> options, RouteGroup group) {
    files = FileStorage.at(directory);
    HotUpdaterBuilder builder =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(files)
            .storage(cloud)
            .publicUrl(URI.create(ADDRESS))
            .routes(group);
    server = options.apply(builder).build();
    change(settings -> settings);
  }

  HotUpdater server() {
    return server;
  }

  CountingStorage cloud() {
    return cloud;
  }

  /** Changes how bundles are delivered; the app is created if need be. */
  void change(UnaryOperator<LiveUpdateSettings> change) {
    server
        .releases()
        .changeApp(
            ReleaseFixture.APP_ID,
            ReleaseFixture.TIME,
            app -> app.withLiveUpdates(change.apply(app.liveUpdates())));
  }

  void channel(String name, ChannelSettings settings) {
    change(all -> all.withChannel(name, settings));
  }

  /** A published release on the channel {@code stable}, uploaded after all others. */
  Release publish(String version, Artifact... artifacts) {
    return publish(version, release -> release, artifacts);
  }

  Release publish(String version, UnaryOperator<Release.Builder> details, Artifact... artifacts) {
    sequence++;
    Release release =
        details.apply(ReleaseFixture.published(version, artifacts).sequence(sequence)).build();
    server.releases().create(release);
    return release;
  }

  void change(Release release, UnaryOperator<Release> change) {
    server.releases().change(release.id(), change);
  }

  /** A bundle for all platforms. */
  static Artifact bundle() {
    return bundle(WebArtifact.ANY_PLATFORM, new WebArtifact(CRC_32, none(), none(), none()));
  }

  /** A bundle that its publisher has encrypted. */
  static Artifact encrypted(String sessionKey, String checksum, Optional<String> keyId) {
    Encryption encryption = new Encryption(sessionKey, checksum, keyId);
    return bundle(
        WebArtifact.ANY_PLATFORM, new WebArtifact(CRC_32, Optional.of(encryption), none(), none()));
  }

  /** A bundle whose files can be had one by one. */
  Artifact listed(FileManifest.Entry... entries) {
    String key = "manifests/" + ReleaseId.random();
    cloud.put(key, new FileManifest(List.of(entries)).toJson().toString());
    return listedAt(key);
  }

  /** A bundle whose file list is there. */
  static Artifact listedAt(String key) {
    return bundle(
        WebArtifact.ANY_PLATFORM,
        new WebArtifact(CRC_32, none(), Optional.of("s3://bucket/" + key), none()));
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  static Artifact bundle(String platform, WebArtifact web) {
    return artifact(platform, web, "s3://bucket/bundles/" + ReleaseId.random() + ".zip", 1_234);
  }

  private static Artifact artifact(String platform, WebArtifact web, String uri, long size) {
    return new Artifact(
        ReleaseId.random(),
        WebArtifact.target(platform),
        ArtifactState.READY,
        size,
        uri,
        Optional.of(SHA_256),
        Optional.empty(),
        List.of(),
        ReleaseFixture.TIME,
        ReleaseFixture.TIME,
        web.toMetadata());
  }

  /** A bundle whose bytes this server serves itself. */
  Artifact upload(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    StorageUri uri =
        files.write(
            ObjectKey.of("bundles/" + ReleaseId.random() + "/www 1.zip"),
            new ByteArrayInputStream(bytes),
            bytes.length,
            "application/zip",
            RequestContext.none());
    return artifact(
        WebArtifact.ANY_PLATFORM,
        new WebArtifact(CRC_32, none(), none(), none()),
        uri.toString(),
        bytes.length);
  }

  static FileManifest.Entry file(String path, String hash) {
    return new FileManifest.Entry(
        path, hash.repeat(64), 100, "s3://bucket/files/" + hash, Optional.empty());
  }

  static FileManifest.Entry compressed(String path, String hash) {
    return new FileManifest.Entry(
        path,
        hash.repeat(64),
        9_000,
        "s3://bucket/files/" + hash,
        Optional.of(new FileManifest.Packed("s3://bucket/files/" + hash + ".br", 4_000)));
  }

  /** What the newest plugin on Android was seen to send. */
  static ObjectNode device() {
    return device(CURRENT);
  }

  static ObjectNode device(String plugin) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("platform", "android")
        .put("device_id", DEVICE_ID)
        .put("app_id", ReleaseFixture.APP_ID.value())
        .put("custom_id", "")
        .put("version_build", "1.0.0")
        .put("version_code", "100")
        .put("version_os", "14")
        .put("version_name", "1.0.0")
        .put("plugin_version", plugin)
        .put("is_emulator", false)
        .put("is_prod", true)
        .put("install_source", "google_play")
        .put("defaultChannel", "");
  }

  static ObjectNode electron() {
    ObjectNode device = device("0.0.6").put("platform", "electron").put("version_name", "builtin");
    device.putNull("custom_id");
    return device;
  }

  JsonNode check(JsonNode device) {
    Answer answer = post("/updates", device);
    if (answer.status() != 200) {
      throw new AssertionError("status " + answer.status() + ": " + answer.text());
    }
    return answer.json();
  }

  Answer post(String path, JsonNode body) {
    return send("POST", path, body.toString());
  }

  Answer send(String method, String path, String body) {
    return TestServer.send(server, method, path, Map.of(), body);
  }

  /** Sends the fields of a device as a query. */
  Answer query(String method, String path, ObjectNode device) {
    String query =
        device.properties().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return TestServer.send(server, method, path + "?" + query, Map.of(), "");
  }

  /** What is behind an address of this server. */
  Answer download(String url) {
    URI uri = URI.create(url);
    return TestServer.send(
        server,
        HttpRequest.builder("GET", uri.getRawPath())
            .rawQuery(uri.getRawQuery())
            .headers(HttpHeaders.empty())
            .build());
  }

  static List<String> names(JsonNode json) {
    return StreamSupport.stream(((Iterable<String>) json::fieldNames).spliterator(), false)
        .toList();
  }

  static AppId app() {
    return ReleaseFixture.APP_ID;
  }

  @Override
  public void close() {
    server.close();
  }
}
