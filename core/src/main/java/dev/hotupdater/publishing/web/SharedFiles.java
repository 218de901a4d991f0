package dev.hotupdater.publishing.web;

import dev.hotupdater.catalog.AppRecords;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.liveupdate.FileManifest;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which files several bundles of an app have in common. Safe for use by many threads. */
final class SharedFiles {
  /** Older bundles have hardly a file that newer ones have not. */
  private static final int MAX_SOURCES = 16;

  private final Manifests manifests;

  SharedFiles(Manifests manifests) {
    this.manifests = manifests;
  }

  /**
   * A file that belongs to a bundle.
   *
   * @param place where its bytes are
   * @param manifestUri the manifest that lists it; its bytes are there as long as a release that is
   *     not removed has this manifest
   */
  record Source(FilePlace place, String manifestUri) {}

  /** Where to find the manifests of releases whose bytes are there. */
  static Set<String> liveManifests(AppRecords records) {
    return records.releases().stream()
        .filter(SharedFiles::isLive)
        .flatMap(Manifests::urisOf)
        .collect(Collectors.toSet());
  }

  private static boolean isLive(Release release) {
    return release.state() != ReleaseState.REMOVED;
  }

  /**
   * Those of the wanted files that some of the last bundles have.
   *
   * @param wanted their SHA-256
   */
  Map<String, Source> find(Set<String> wanted, AppRecords records, RequestContext context) {
    Map<String, Source> found = new HashMap<>();
    Set<String> missing = new HashSet<>(wanted);
    List<String> sources =
        records.releases().stream()
            .filter(SharedFiles::isLive)
            .sorted(Comparator.comparingLong(Release::sequence).reversed())
            .flatMap(Manifests::urisOf)
            .limit(MAX_SOURCES)
            .toList();
    for (String uri : sources) {
      if (missing.isEmpty()) {
        break;
      }
      for (FileManifest.Entry entry : entries(uri, context)) {
        if (missing.remove(entry.sha256())) {
          found.put(entry.sha256(), new Source(FilePlace.of(entry), uri));
        }
      }
    }
    return found;
  }

  /** Those of these objects that no bundle needs which is there. */
  Set<String> unused(Collection<String> uris, AppRecords records, RequestContext context) {
    Set<String> unused = new HashSet<>(uris);
    for (String manifest : liveManifests(records)) {
      if (unused.isEmpty()) {
        break;
      }
      for (FileManifest.Entry entry : entries(manifest, context)) {
        FilePlace.of(entry).uris().forEach(unused::remove);
      }
    }
    return unused;
  }

  /** All objects that the files in a manifest are; none if it is gone. */
  Stream<String> uris(String manifest, RequestContext context) {
    return entries(manifest, context).stream().flatMap(entry -> FilePlace.of(entry).uris());
  }

  private List<FileManifest.Entry> entries(String manifest, RequestContext context) {
    return manifests.find(manifest, context).map(FileManifest::files).orElseGet(List::of);
  }
}
