package dev.hotupdater.catalog;

import dev.hotupdater.liveupdate.LiveUpdateLine;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseLine;
import dev.hotupdater.release.Slug;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * All apps and releases at one point in time: what is asked of one view fits together, whatever is
 * written in the meantime. Immutable.
 */
public interface ReleaseView {
  /** The app with this id. */
  Optional<App> app(AppId id);

  /** The app with this slug. */
  Optional<App> app(Slug slug);

  /** The release with this id, in whatever state. */
  Optional<Release> release(ReleaseId id);

  /**
   * The releases of an app on a channel; of an app that does not exist, and where none are, none.
   */
  ReleaseLine line(AppId app, String channel);

  /**
   * The web bundles of an app on a channel; of an app that does not exist, and where none are,
   * none.
   */
  LiveUpdateLine liveUpdates(AppId app, String channel);

  /** All releases of an app, those created last first. */
  List<Release> releases(AppId app);

  /** The channels of an app that have a release. */
  SortedSet<String> channels(AppId app);

  /** The releases with an artifact whose bytes are not there yet. */
  Collection<Release> unfinished();
}
