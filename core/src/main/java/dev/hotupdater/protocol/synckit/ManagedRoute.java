package dev.hotupdater.protocol.synckit;

import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteHandler;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.release.AppId;
import java.util.function.BiPredicate;

/** A route about one app, for those who may manage it. Others do not learn whether it exists. */
record ManagedRoute(BiPredicate<HttpRequest, AppId> ownership, Handler handler)
    implements RouteHandler {
  private static final String FORBIDDEN =
      "{\"error\":\"You may not manage this app. Ask its owner.\"}";

  /** Answers a request about an app. */
  @FunctionalInterface
  interface Handler {
    HttpResponse answer(AppId app, RouteRequest request);
  }

  @Override
  public HttpResponse handle(RouteRequest request) {
    AppId app = AppId.of(request.parameter("app_id"));
    return ownership.test(request.http(), app)
        ? handler.answer(app, request)
        : HttpResponse.uncached(403, FORBIDDEN).build();
  }
}
