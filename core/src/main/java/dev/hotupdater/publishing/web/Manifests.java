package dev.hotupdater.publishing.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.internal.Json;
import dev.hotupdater.liveupdate.FileManifest;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The manifests of web bundles, the last used of which are kept in memory: what is under an address
 * that a record names never changes. Safe for use by many threads.
 */
final class Manifests {
  private static final String CONTENT_TYPE = "application/json";

  /** Of all manifests together: some 20 MB. */
  private static final int MAX_KEPT_FILES = 20_000;

  private final BundleStorage storage;
  private final Map<String, FileManifest> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int keptFiles;

  Manifests(BundleStorage storage) {
    this.storage = storage;
  }

  /** Where the manifests of a release are. */
  static Stream<String> urisOf(Release release) {
    return release.artifacts().stream()
        .filter(Artifact::isReady)
        .filter(WebArtifact::is)
        .flatMap(artifact -> WebArtifact.of(artifact).manifestUri().stream());
  }

  /** Stores a manifest, and returns its URI. */
  String write(ObjectKey key, FileManifest manifest, RequestContext context) {
    byte[] bytes = manifest.toJson().toString().getBytes(StandardCharsets.UTF_8);
    return storage.write(key, new ByteArrayInputStream(bytes), bytes.length, CONTENT_TYPE, context);
  }

  /**
   * The manifest that a record names; empty if it is gone.
   *
   * @throws StorageException if it cannot be read
   */
  Optional<FileManifest> find(String uri, RequestContext context) {
    Optional<FileManifest> known = known(uri);
    if (known.isPresent()) {
      return known;
    }
    Optional<FileManifest> read = storage.readText(uri, context).map(text -> parse(uri, text));
    read.ifPresent(manifest -> keep(uri, manifest));
    return read;
  }

  private static FileManifest parse(String uri, String text) {
    try {
      return FileManifest.read(Json.MAPPER.readTree(text));
    } catch (JsonProcessingException | InvalidReleaseException e) {
      throw new StorageException(
          uri + " is no manifest of a web bundle. Remove the release that it belongs to.", e);
    }
  }

  private synchronized Optional<FileManifest> known(String uri) {
    return Optional.ofNullable(kept.get(uri));
  }

  private synchronized void keep(String uri, FileManifest manifest) {
    if (kept.put(uri, manifest) == null) {
      keptFiles += manifest.files().size();
    }
    Iterator<FileManifest> oldest = kept.values().iterator();
    while (keptFiles > MAX_KEPT_FILES) {
      keptFiles -= oldest.next().files().size();
      oldest.remove();
    }
  }

  synchronized void forget(String uri) {
    FileManifest forgotten = kept.remove(uri);
    if (forgotten != null) {
      keptFiles -= forgotten.files().size();
    }
  }
}
