package dev.hotupdater.protocol.tauri;

import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Slug;
import java.util.Optional;

/** Finds the app whose clients ask, by the slug in the path. Safe for use by many threads. */
final class AppLookup {
  /** The parameter of the path with the slug. */
  static final String PARAMETER = "slug";

  private final Backend backend;

  AppLookup(Backend backend) {
    this.backend = backend;
  }

  /**
   * An app, and all that is known when it is asked for.
   *
   * @param slug what it was found by
   * @param app the app
   * @param view its releases, and those of others
   */
  record Found(Slug slug, App app, ReleaseView view) {}

  /** The app of a request; empty if no app has this slug. */
  Optional<Found> find(RouteRequest request) {
    return find(request, backend.releases(request.context()).view());
  }

  /** The same, after what other servers have written is taken in, which reads the database. */
  Optional<Found> findAgain(RouteRequest request) {
    return find(request, backend.releases(request.context()).freshView());
  }

  private static Optional<Found> find(RouteRequest request, ReleaseView view) {
    Optional<Slug> slug = Slug.parse(request.parameter(PARAMETER));
    return slug.flatMap(view::app).map(app -> new Found(slug.get(), app, view));
  }

  /** The answer where no app is found: with this status a client tries its next endpoint. */
  static HttpResponse unknownApp() {
    return notFound("There is no app with this slug.");
  }

  /**
   * An answer with status 404.
   *
   * @param error a sentence without characters that JSON escapes
   */
  static HttpResponse notFound(String error) {
    return HttpResponse.uncached(404, "{\"error\":\"" + error + "\"}").build();
  }
}
