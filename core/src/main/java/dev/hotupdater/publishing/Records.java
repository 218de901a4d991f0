package dev.hotupdater.publishing;

import dev.hotupdater.catalog.Releases;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The apps and releases of a server, as the database has them, and what is missing is refused. */
final class Records {
  private final Backend backend;

  Records(Backend backend) {
    this.backend = backend;
  }

  Releases of(RequestContext context) {
    return backend.releases(context);
  }

  Instant now() {
    return backend.storage().clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  App app(AppId id, RequestContext context) {
    return of(context).findApp(id).orElseThrow(() -> UnknownAppException.of(id));
  }

  App appWithSlug(AppId id, RequestContext context) {
    App app = app(id, context);
    if (app.slug().isEmpty()) {
      throw UnknownAppException.withoutSlug(id);
    }
    return app;
  }

  Optional<Release> find(AppId app, ReleaseId id, RequestContext context) {
    return of(context).find(id).filter(release -> release.appId().equals(app));
  }

  Release release(AppId app, ReleaseId id, RequestContext context) {
    return find(app, id, context).orElseThrow(() -> UnknownReleaseException.release(app, id));
  }

  Release change(AppId app, ReleaseId id, UnaryOperator<Release> change, RequestContext context) {
    release(app, id, context);
    return of(context)
        .change(id, change)
        .orElseThrow(() -> UnknownReleaseException.release(app, id));
  }

  static Artifact artifact(Release release, ReleaseId id) {
    return release
        .artifact(id)
        .orElseThrow(() -> UnknownReleaseException.artifact(release.id(), id));
  }
}
