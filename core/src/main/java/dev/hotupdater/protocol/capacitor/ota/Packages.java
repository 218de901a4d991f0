package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The Android packages of an app, which are on a channel of their own. */
final class Packages {
  private static final Comparator<Release> LAST_FIRST =
      Comparator.comparingLong(Release::sequence).reversed();

  private Packages() {}

  /** In every state, the one that was uploaded last first. */
  static List<Release> releases(ReleaseView view, AppId app) {
    return view.line(app, AppPackage.CHANNEL).releases().stream()
        .filter(
            release -> release.artifact(AppPackage.TARGET).filter(Artifact::isReady).isPresent())
        .sorted(LAST_FIRST)
        .toList();
  }

  /** The one that was uploaded last, and is still there. */
  static Optional<Release> latest(ReleaseView view, AppId app) {
    return releases(view, app).stream()
        .filter(release -> release.state() == ReleaseState.PUBLISHED)
        .findFirst();
  }
}
