package dev.hotupdater.publishing;

import dev.hotupdater.ClockedServer;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.Slug;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.SettableClock;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A server that publishes, with one app, and no watch but the one that a test calls. */
final class PublishingServer implements AutoCloseable {
  static final AppId APP = AppId.of("com.example.app");
  static final RequestContext NONE = RequestContext.none();
  static final ArtifactTarget MAC = ArtifactTarget.of("darwin", "aarch64");
  static final ArtifactTarget LINUX = ArtifactTarget.of("linux", "x86_64");
  static final byte[] BYTES = "test".getBytes(StandardCharsets.US_ASCII);

  final SettableClock clock = new SettableClock(Instant.parse("2026-03-13T12:00:00Z"));
  final HookedUploads storage;
  final HotUpdater server;
  final ReleasePublishing publishing;

  private PublishingServer(Path directory, Database database, ReleasePublishing.Builder builder) {
    storage = new HookedUploads(FileStorage.builder(directory).clock(clock).build());
    server = ClockedServer.build(HotUpdater.builder().database(database).storage(storage), clock);
    publishing = builder.start(server.backend());
    publishing.setSlug(APP, Slug.of("my-app"), NONE);
  }

  static PublishingServer start(Path directory) {
    return start(directory, InMemoryDatabase.create());
  }

  static PublishingServer start(Path directory, Database database) {
    return new PublishingServer(directory, database, ReleasePublishing.builder().withoutWatch());
  }

  static PublishingServer start(Path directory, ReleasePublishing.Builder builder) {
    return start(directory, InMemoryDatabase.create(), builder);
  }

  static PublishingServer start(
      Path directory, Database database, ReleasePublishing.Builder builder) {
    return new PublishingServer(directory, database, builder);
  }

  void setKeys(AppKey... keys) {
    publishing.setKeys(APP, List.of(keys), NONE);
  }

  Release create(NewRelease.Builder described) {
    return publishing.create(APP, described.build(), NONE);
  }

  Release create(String version) {
    return create(NewRelease.builder(ReleaseVersion.of(version)));
  }

  AnnouncedUpload announce(Release release, NewArtifact described) {
    return publishing.announceArtifact(APP, release.id(), described, NONE);
  }

  AnnouncedUpload announce(Release release, ArtifactTarget target) {
    return announce(release, NewArtifact.of(target, BYTES.length));
  }

  /** An upload of {@link #BYTES} that has come. */
  AnnouncedUpload upload(Release release, ArtifactTarget target) {
    AnnouncedUpload upload = announce(release, target);
    storage.upload(upload, BYTES);
    return upload;
  }

  Artifact complete(Release release, AnnouncedUpload upload) {
    return complete(release, upload, UploadClaims.none());
  }

  Artifact complete(Release release, AnnouncedUpload upload, UploadClaims claims) {
    return publishing.complete(APP, release.id(), upload.artifact().id(), claims, NONE);
  }

  Release stored(Release release) {
    return publishing.release(APP, release.id(), NONE);
  }

  Artifact stored(Release release, ReleaseId artifact) {
    return stored(release).artifact(artifact).orElseThrow();
  }

  byte[] bytes(Artifact artifact) {
    try (StoredObject object =
        storage.open(Storages.parse(artifact.storageUri()), ByteRange.ALL, NONE)) {
      return object.content().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> keys() {
    return storage.keys().sorted().toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
