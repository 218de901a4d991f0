package dev.hotupdater.protocol.nativeupdate;

import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.QueryParameters;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.release.AppId;
import java.util.Optional;

/**
 * Finds out which app a request is about. Immutable.
 *
 * @param defaultApp the app of requests that name none
 */
record AppLookup(Optional<AppId> defaultApp) {
  /** The name of the app in paths, queries and bodies. */
  static final String PARAMETER = "appId";

  /**
   * The app that the path names, or else the query, or else the default one; empty if no app can
   * have this name.
   *
   * @throws MalformedRequestException if it is named nowhere
   */
  Optional<AppId> of(RouteRequest request, QueryParameters query) {
    return request.hasParameter(PARAMETER)
        ? AppId.parse(request.parameter(PARAMETER))
        : of(query.first(PARAMETER));
  }

  /**
   * The app with this name, or the default one.
   *
   * @param name absent or empty if the request names none
   * @throws MalformedRequestException if there is no default
   */
  Optional<AppId> of(Optional<String> name) {
    Optional<String> given = name.filter(text -> !text.isEmpty());
    if (given.isEmpty() && defaultApp.isEmpty()) {
      throw new MalformedRequestException("'" + PARAMETER + "' is missing: it names the app.");
    }
    return given.isPresent() ? AppId.parse(given.get()) : defaultApp;
  }

  static HttpResponse unknownApp() {
    return HttpResponse.uncached(404, "{\"error\":\"There is no app with this appId.\"}").build();
  }
}
