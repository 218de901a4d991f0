package dev.hotupdater.protocol.nativeupdate;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.ReleaseFixture;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.ArtifactState;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageUri;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A server with an app and its bundles. */
final class NativeUpdateServer implements AutoCloseable {
  static final AppId APP = ReleaseFixture.APP_ID;
  static final String ADDRESS = "https://updates.example.com";
  static final String PLUGIN = "/native/apps/" + APP;
  static final String DOCUMENTED = "/native/api/v1";

  private final FileStorage files;
  private final HotUpdater server;
  private long sequence;

  NativeUpdateServer(Path directory, RouteGroup... groups) {
    files = FileStorage.at(directory);
    HotUpdaterBuilder builder =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(files)
            .publicUrl(URI.create(ADDRESS));
    List.of(groups).forEach(builder::routes);
    server = builder.build();
    changeApp(app -> app);
  }

  HotUpdater server() {
    return server;
  }

  void changeApp(UnaryOperator<App> change) {
    server.releases().changeApp(APP, ReleaseFixture.TIME, change);
  }

  Answer get(String target) {
    return TestServer.get(server, target);
  }

  Answer send(String method, String target, Map<String, String> headers, String body) {
    return TestServer.send(server, method, target, headers, body);
  }

  /** A bundle for all platforms that is active on its channel from now on. */
  Release publish(String version, String content) {
    return publish(version, artifact("any", content, Optional.empty()), release -> release);
  }

  Release publishOn(String channel, String version, String content) {
    return publish(
        version, artifact("any", content, Optional.empty()), release -> release.channel(channel));
  }

  void say(String channel, ChannelSettings settings) {
    changeApp(app -> app.withLiveUpdates(app.liveUpdates().withChannel(channel, settings)));
  }

  Release publish(String version, Artifact artifact, UnaryOperator<Release.Builder> options) {
    sequence++;
    Release release =
        options
            .apply(
                Release.builder(
                        ReleaseId.random(), APP, ReleaseVersion.of(version), ReleaseFixture.TIME)
                    .state(ReleaseState.PUBLISHED)
                    .publishedAt(Optional.of(ReleaseFixture.TIME))
                    .sequence(sequence)
                    .artifacts(List.of(artifact)))
            .build();
    server.releases().create(release);
    return release;
  }

  void change(Release release, UnaryOperator<Release> change) {
    server.releases().change(release.id(), change);
  }

  Artifact artifact(
      String platform,
      String content,
      Optional<WebArtifact.Encryption> encryption,
      ArtifactSignature... signatures) {
    return artifact(
        WebArtifact.target(platform),
        content,
        new WebArtifact("00000000", encryption, Optional.empty(), Optional.empty()).toMetadata(),
        signatures);
  }

  /** A bundle whose files lie in a folder of the zip. */
  Artifact inFolder(String folder, String content) {
    return artifact(
        WebArtifact.target("any"),
        content,
        new WebArtifact("00000000", Optional.empty(), Optional.empty(), Optional.of(folder))
            .toMetadata());
  }

  Artifact androidPackage(String content) {
    return artifact(ArtifactTarget.of("android", "apk"), content, Metadata.empty());
  }

  private Artifact artifact(
      ArtifactTarget target, String content, Metadata metadata, ArtifactSignature... signatures) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    StorageUri uri =
        files.write(
            ObjectKey.of("bundles/" + ReleaseId.random() + "/bundle.zip"),
            new ByteArrayInputStream(bytes),
            bytes.length,
            "application/zip",
            RequestContext.none());
    return new Artifact(
        ReleaseId.random(),
        target,
        ArtifactState.READY,
        bytes.length,
        uri.toString(),
        Optional.of(sha256(bytes)),
        Optional.empty(),
        List.of(signatures),
        ReleaseFixture.TIME,
        ReleaseFixture.TIME,
        metadata);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
