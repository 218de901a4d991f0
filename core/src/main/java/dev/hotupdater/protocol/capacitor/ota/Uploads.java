package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.catalog.Releases;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.liveupdate.LiveUpdateLine;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.LiveUpdateSettings;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.UnsaidChannels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was uploaded to the app: web bundles on channels, and packages. */
final class Uploads {
  private final Backend backend;
  private final AppId app;

  Uploads(Backend backend, AppId app) {
    this.backend = backend;
    this.app = app;
  }

  AppId app() {
    return app;
  }

  /** The current state, from memory. */
  ReleaseView view(RequestContext context) {
    return releases(context).view();
  }

  /** The current state, with what other servers have written by now. */
  ReleaseView freshView(RequestContext context) {
    return releases(context).freshView();
  }

  private Releases releases(RequestContext context) {
    return backend.releases(context);
  }

  /** The web bundles of a channel. */
  LiveUpdateLine line(ReleaseView view, String channel) {
    return view.liveUpdates(app, channel);
  }

  /** The packages in every state, the one that was uploaded last first. */
  List<Release> packages(ReleaseView view) {
    return Packages.releases(view, app);
  }

  /** The version on a channel, if it was ever published. */
  Optional<Release> bundle(ReleaseView view, String channel, String version) {
    return line(view, channel).release(version).filter(Uploads::wasPublished);
  }

  /** The package of a version, if it was ever published. */
  Optional<Release> packageOf(ReleaseView view, String version) {
    return packages(view).stream()
        .filter(release -> release.version().toString().equals(version))
        .filter(Uploads::wasPublished)
        .findFirst();
  }

  /** The file with this key, if it was ever published. */
  Optional<Upload> find(ReleaseView view, OtaKey key) {
    String version = key.version().toString();
    Optional<Release> release =
        key.target().equals(AppPackage.TARGET)
            ? packageOf(view, version)
            : bundle(view, key.channel(), version);
    return release.flatMap(
        found ->
            found
                .artifact(key.target())
                .filter(Artifact::isReady)
                .map(artifact -> new Upload(found, artifact)));
  }

  /**
   * The web bundle of a channel that was uploaded, or made the active one, last: the one for all
   * platforms if there is one, or else its first.
   */
  Optional<Upload> active(ReleaseView view, String channel) {
    return line(view, channel)
        .active()
        .flatMap(
            release ->
                WebArtifact.in(release, WebArtifact.ANY_PLATFORM)
                    .or(() -> bundles(release).findFirst())
                    .map(artifact -> new Upload(release, artifact)));
  }

  /** The web bundle of a channel that was uploaded, or made the active one, last for a platform. */
  Optional<Upload> active(ReleaseView view, String channel, String platform) {
    return line(view, channel)
        .active(platform)
        .flatMap(
            release ->
                WebArtifact.in(release, platform).map(artifact -> new Upload(release, artifact)));
  }

  /** The package that was uploaded last, and is still there. */
  Optional<Upload> latestPackage(ReleaseView view) {
    return Packages.latest(view, app)
        .flatMap(
            release ->
                release.artifact(AppPackage.TARGET).map(artifact -> new Upload(release, artifact)));
  }

  /** Whether a device may have it that was given to no channel: packages, and most bundles. */
  boolean isForEverybody(ReleaseView view, Upload upload) {
    LiveUpdateSettings settings =
        view.app(app).map(App::liveUpdates).orElse(LiveUpdateSettings.DEFAULTS);
    return upload.artifact().target().equals(AppPackage.TARGET)
        || settings.canBeNamed(upload.release().channel(), UnsaidChannels.OPEN);
  }

  /** Whether it is the last one for its platform, though for another there may be a later one. */
  boolean isActive(ReleaseView view, Upload upload) {
    Optional<Upload> active =
        upload.artifact().target().equals(AppPackage.TARGET)
            ? latestPackage(view)
            : active(view, upload.release().channel(), upload.artifact().target().target());
    return active.filter(found -> found.artifact().id().equals(upload.artifact().id())).isPresent();
  }

  /** The web bundles of a release, the one that was uploaded first first. */
  static Stream<Artifact> bundles(Release release) {
    return release.artifacts().stream().filter(Artifact::isReady).filter(WebArtifact::is);
  }

  private static boolean wasPublished(Release release) {
    return release.state() != ReleaseState.DRAFT;
  }
}
