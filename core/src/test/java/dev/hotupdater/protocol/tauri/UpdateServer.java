package dev.hotupdater.protocol.tauri;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.CountingStorage;
import dev.hotupdater.fixture.ReleaseFixture;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.ArtifactState;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageUri;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A server with an app, its releases, and their files. */
final class UpdateServer implements AutoCloseable {
  static final String ADDRESS = "https://updates.example.com";
  static final String MOUNT = "/api/sync/ota";
  static final String START = ADDRESS + MOUNT + "/" + ReleaseFixture.SLUG;
  static final String CDN = "https://cdn.test";

  private final FileStorage files;
  private final CountingStorage cloud = new CountingStorage();
  private final HotUpdater server;
  private final Web web = new Web();

  UpdateServer(Path directory, RouteGroup... groups) {
    this(directory, builder -> builder, groups);
  }

  UpdateServer(Path directory, UnaryOperator<HotUpdaterBuilder> options, RouteGroup... groups) {
    files = FileStorage.at(directory);
    HotUpdaterBuilder builder =
        HotUpdater.builder().database(InMemoryDatabase.create()).storage(files).storage(cloud);
    Arrays.asList(groups).forEach(builder::routes);
    server = options.apply(builder).build();
    web.host(ADDRESS, server)
        .host(CDN, request -> HttpResponse.json(200, "bytes of " + request.rawPath().substring(1)));
    register(ReleaseFixture.app());
  }

  HotUpdater server() {
    return server;
  }

  CountingStorage cloud() {
    return cloud;
  }

  Web web() {
    return web;
  }

  /** A client with the endpoint that most apps have. */
  StrictTauriClient client() {
    return new StrictTauriClient(web).endpoint(START + "/{{target}}/{{arch}}/{{current_version}}");
  }

  void register(App app) {
    server
        .releases()
        .changeApp(
            app.id(),
            app.createdAt(),
            any -> app.slug().map(any::withSlug).orElse(any).withKeys(app.keys()));
  }

  Release add(Release.Builder release) {
    Release built = release.build();
    server.releases().create(built);
    return built;
  }

  void change(Release release, UnaryOperator<Release> change) {
    server.releases().change(release.id(), change);
  }

  /** An artifact whose bytes are in the file storage. */
  Artifact upload(String parts, String content, ArtifactSignature... signatures) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    StorageUri uri =
        files.write(
            ObjectKey.of("releases/" + ReleaseId.random() + "/file.bin"),
            new ByteArrayInputStream(bytes),
            bytes.length,
            "application/octet-stream",
            RequestContext.none());
    return artifact(parts, uri.toString(), bytes.length, signatures);
  }

  /** An artifact of a signed file. */
  Artifact uploadSigned(String parts, String content, TestSigner signer, String keyId) {
    String signature =
        signer.sign(content.getBytes(StandardCharsets.UTF_8), "timestamp:1\tfile:file.bin");
    return upload(parts, content, new ArtifactSignature(signature, Optional.of(keyId)));
  }

  /** An artifact whose bytes are in a storage on another host. */
  static Artifact inCloud(String parts, String key, ArtifactSignature... signatures) {
    return artifact(parts, "s3://bucket/" + key, 1, signatures);
  }

  private static Artifact artifact(
      String parts, String uri, long size, ArtifactSignature... signatures) {
    return new Artifact(
        ReleaseId.random(),
        ReleaseFixture.target(parts),
        ArtifactState.READY,
        size,
        uri,
        Optional.of("0".repeat(64)),
        Optional.empty(),
        List.of(signatures),
        ReleaseFixture.TIME,
        ReleaseFixture.TIME,
        Metadata.empty());
  }

  @Override
  public void close() {
    server.close();
  }
}
