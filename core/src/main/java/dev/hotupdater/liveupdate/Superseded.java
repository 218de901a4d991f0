package dev.hotupdater.liveupdate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;

/**
 * Releases that were removed since later ones have taken their place, and not since something is
 * wrong with them: a device that runs one of them keeps it. A release has this in its metadata.
 */
public final class Superseded {
  private static final String KEY = "superseded";

  private Superseded() {}

  /**
   * A release after its bytes were deleted because nobody needs them any more. One that was taken
   * back before stays taken back.
   */
  public static Release removed(Release release) {
    if (release.state() != ReleaseState.PUBLISHED) {
      return release.removed();
    }
    ObjectNode metadata = release.metadata().toObject().put(KEY, true);
    return release.removed().toBuilder().metadata(Metadata.of(metadata)).build();
  }

  /** A release that was removed like that after it was taken back all the same. */
  public static Release takenBack(Release release) {
    ObjectNode metadata = release.metadata().toObject();
    metadata.remove(KEY);
    return release.removed().toBuilder().metadata(Metadata.of(metadata)).build();
  }

  /** Whether a release was removed like that. */
  public static boolean is(Release release) {
    return release.state() == ReleaseState.REMOVED
        && release.metadata().toObject().path(KEY).asBoolean();
  }
}
