package dev.hotupdater.publishing.web;

import dev.hotupdater.ClockedServer;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.catalog.Releases;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.internal.Json;
import dev.hotupdater.liveupdate.FileManifest;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.SettableClock;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A server that publishes web bundles, over a directory and a database in memory. */
final class WebServer implements AutoCloseable {
  static final AppId APP = AppId.of("com.example.app");
  static final RequestContext NONE = RequestContext.none();

  final SettableClock clock = new SettableClock(Instant.parse("2026-03-13T12:00:00Z"));
  final WatchedDatabase database = new WatchedDatabase();
  final WatchedStorage storage;
  final HotUpdater server;
  final WebPublishing publishing;
  private final Path zips;

  private WebServer(Path directory, WebPublishing.Builder builder) {
    storage =
        new WatchedStorage(FileStorage.builder(directory.resolve("storage")).clock(clock).build());
    server = ClockedServer.build(HotUpdater.builder().database(database).storage(storage), clock);
    publishing = builder.start(server.backend());
    zips = directory;
  }

  static WebServer start(Path directory) {
    return start(directory, WebPublishing.builder());
  }

  static WebServer start(Path directory, WebPublishing.Builder builder) {
    return new WebServer(directory, builder);
  }

  static NewWebBundle.Builder bundle(String version) {
    return NewWebBundle.builder(ReleaseVersion.of(version));
  }

  /** A zip with an index.html, and with these names and contents in turn. */
  Path zip(String... namesAndContents) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("index.html", "<!doctype html>");
    for (int i = 0; i < namesAndContents.length; i += 2) {
      files.put(namesAndContents[i], namesAndContents[i + 1]);
    }
    return zip(files);
  }

  Path zip(Map<String, String> files) {
    try {
      Path zip = Files.createTempFile(zips, "bundle", ".zip");
      try (OutputStream file = Files.newOutputStream(zip);
          ZipOutputStream out = new ZipOutputStream(file)) {
        for (Map.Entry<String, String> each : files.entrySet()) {
          ZipEntry entry = new ZipEntry(each.getKey());
          entry.setTime(0);
          out.putNextEntry(entry);
          out.write(each.getValue().getBytes(StandardCharsets.UTF_8));
          out.closeEntry();
        }
      }
      return zip;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PublishedBundle publish(String version, String... namesAndContents) {
    return publish(bundle(version), zip(namesAndContents));
  }

  PublishedBundle publish(NewWebBundle.Builder bundle, Path zip) {
    return publishing.publish(APP, bundle.build(), zip, NONE);
  }

  Releases releases() {
    return server.backend().releases(NONE);
  }

  Release stored(Release release) {
    return releases().find(release.id()).orElseThrow();
  }

  /** The version that devices of the channel get last. */
  Optional<String> active(String channel) {
    return server
        .backend()
        .releases(NONE)
        .freshView()
        .liveUpdates(APP, channel)
        .active()
        .map(release -> release.version().toString());
  }

  long sequence() {
    return releases().findApp(APP).orElseThrow().liveUpdates().sequence();
  }

  FileManifest manifest(Artifact artifact) {
    try {
      String uri = WebArtifact.of(artifact).manifestUri().orElseThrow();
      return FileManifest.read(Json.MAPPER.readTree(bytes(uri)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FileManifest.Entry file(PublishedBundle bundle, String path) {
    return manifest(bundle.artifact()).files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  byte[] bytes(String uri) {
    try (StoredObject object = storage.open(Storages.parse(uri), ByteRange.ALL, NONE)) {
      return object.content().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void overwrite(String uri, String text) {
    overwrite(uri, text.getBytes(StandardCharsets.UTF_8));
  }

  void overwrite(String uri, byte[] bytes) {
    StorageUri unused =
        storage.write(
            ObjectKey.of(Storages.parse(uri).key()),
            new ByteArrayInputStream(bytes),
            bytes.length,
            "text/plain",
            NONE);
  }

  boolean has(String uri) {
    return storage.exists(Storages.parse(uri), NONE);
  }

  List<String> keys() {
    return storage.keys();
  }

  @Override
  public void close() {
    server.close();
  }
}
