package dev.hotupdater.publishing;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes releases: it is offered to nobody first, then its bytes go, and last the record, so that
 * no client is offered what is gone, and whatever fails in between can be repeated.
 */
final class Deletion {
  private final Records records;
  private final ArtifactFiles files;

  Deletion(Records records, ArtifactFiles files) {
    this.records = records;
    this.files = files;
  }

  boolean delete(AppId appId, ReleaseId id, RequestContext context) {
    Optional<Release> found = records.find(appId, id, context);
    if (found.isEmpty()) {
      return false;
    }
    Optional<Release> yanked = records.of(context).change(id, Deletion::yanked);
    if (yanked.isEmpty()) {
      return false;
    }
    files.deleteAll(objects(yanked.get(), context), context);
    records.of(context).delete(id);
    return true;
  }

  private static Release yanked(Release release) {
    requireNoSharedFiles(release);
    requireNoPublishedPackage(release);
    return release.yanked();
  }

  /** The files of a web bundle may be those of others, too. */
  private static void requireNoSharedFiles(Release release) {
    if (WebArtifact.isIn(release)) {
      throw new ReleaseStateException(
          "The release has web bundles, which may share files with others. Remove it as a web"
              + " bundle instead.");
    }
  }

  /** Without its checksum, the version could be published again with other bytes. */
  private static void requireNoPublishedPackage(Release release) {
    if (AppPackage.isIn(release) && wasOffered(release)) {
      throw new ReleaseStateException(
          "The release has a package that was published, and its checksum must be kept. Remove it"
              + " with WebPublishing.remove instead, which deletes the bytes alone.");
    }
  }

  /** A draft whose deletion has failed half-way is yanked, and was never published. */
  private static boolean wasOffered(Release release) {
    return release.publishedAt().isPresent() || release.state() == ReleaseState.PUBLISHED;
  }

  /**
   * Those that the record names, and copies that attempts may have left behind. Uploads are not
   * looked for by the beginning of their keys, which other releases may share.
   */
  private Set<StorageUri> objects(Release release, RequestContext context) {
    Set<StorageUri> objects = new LinkedHashSet<>();
    release.artifacts().stream()
        .map(Artifact::storageUri)
        .map(Storages::parse)
        .forEach(objects::add);
    objects.addAll(files.list(Places.copies(release), context));
    return objects;
  }
}
