package dev.hotupdater.publishing.web;

import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Release;

/** A version was published before, with other bytes. Nothing has been stored. */
public final class BundleConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private BundleConflictException(String message) {
    super(message);
  }

  static BundleConflictException of(Release release, ArtifactTarget target) {
    return new BundleConflictException(
        "Version "
            + release.version()
            + " of "
            + release.appId()
            + " has been published for "
            + target.target()
            + " on the channel "
            + release.channel()
            + " with other bytes. What a version is never changes: use a new version.");
  }
}
