package dev.hotupdater.publishing.web;

import dev.hotupdater.catalog.AppRecords;
import dev.hotupdater.catalog.Releases;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.publishing.UnknownReleaseException;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import java.util.function.UnaryOperator;

/** What becomes of releases that have been published. */
final class Activation {
  private Activation() {}

  static Release activate(Releases releases, AppId app, ReleaseId id) {
    return releases
        .changeRecords(app, records -> activated(records, app, id))
        .release(id)
        .orElseThrow();
  }

  private static AppRecords activated(AppRecords records, AppId appId, ReleaseId id) {
    Release release =
        records.release(id).orElseThrow(() -> UnknownReleaseException.release(appId, id));
    requireDelivered(release);
    if (release.state() != ReleaseState.PUBLISHED) {
      throw new ReleaseStateException(
          "A release that is "
              + release.state().jsonName()
              + " cannot be the active one. Upload its bundle again, or use a new version.");
    }
    if (isLast(release, records)) {
      return records;
    }
    App next = next(records);
    return records.with(next).with(release.activated(next.liveUpdates().sequence()));
  }

  /** The app of these records after its next change. */
  static App next(AppRecords records) {
    App app = records.app().orElseThrow();
    return app.withLiveUpdates(app.liveUpdates().nextSequence());
  }

  private static boolean isLast(Release release, AppRecords records) {
    return release.sequence() > 0
        && records.releases().stream()
            .filter(other -> other.channel().equals(release.channel()))
            .filter(other -> other.state() == ReleaseState.PUBLISHED)
            .noneMatch(other -> other.sequence() > release.sequence());
  }

  /** Refuses releases that have something else than what is published here. */
  static void requireDelivered(Release release) {
    boolean isOurs =
        release.artifacts().stream()
            .allMatch(
                artifact ->
                    WebArtifact.is(artifact) || artifact.target().equals(AppPackage.TARGET));
    if (release.artifacts().isEmpty() || !isOurs) {
      throw new ReleaseStateException(
          "Version "
              + release.version()
              + " on the channel "
              + release.channel()
              + " has other files than web bundles and packages. Use another channel, or another"
              + " app id, for those.");
    }
  }

  static Release changeDelivery(
      Releases releases, AppId app, ReleaseId id, UnaryOperator<Release> change) {
    return releases
        .find(id)
        .filter(release -> release.appId().equals(app))
        .flatMap(release -> releases.change(id, current -> delivered(current, change)))
        .orElseThrow(() -> UnknownReleaseException.release(app, id));
  }

  private static Release delivered(Release release, UnaryOperator<Release> change) {
    Release changed = change.apply(release);
    return release.toBuilder()
        .rollout(changed.rollout())
        .targetCohorts(changed.targetCohorts())
        .rules(changed.rules())
        .minAppVersion(changed.minAppVersion())
        .mandatory(changed.mandatory())
        .build();
  }
}
