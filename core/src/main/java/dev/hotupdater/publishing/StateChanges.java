package dev.hotupdater.publishing;

import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import java.time.Instant;
import java.util.stream.Collectors;

/** What a release becomes when it is told to. */
final class StateChanges {
  private StateChanges() {}

  static Release published(Release release, Instant now) {
    return switch (release.state()) {
      case PUBLISHED -> release;
      case YANKED, REMOVED ->
          throw new ReleaseStateException("The release was yanked. Make a new version instead.");
      case DRAFT -> {
        checkComplete(release);
        yield release.published(now);
      }
    };
  }

  private static void checkComplete(Release release) {
    if (release.artifacts().isEmpty()) {
      throw new ReleaseStateException("The release has no artifact. Upload one first.");
    }
    String missing =
        release.artifacts().stream()
            .filter(artifact -> !artifact.isReady())
            .map(Artifact::target)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new ReleaseStateException(
          "The release still waits for the upload of "
              + missing
              + ". Complete it, or take the artifact out of the release.");
    }
  }

  static Release yanked(Release release) {
    if (release.state() == ReleaseState.DRAFT) {
      throw new ReleaseStateException(
          "The release is a draft, which no client is offered. Delete it instead.");
    }
    return release.yanked();
  }
}
