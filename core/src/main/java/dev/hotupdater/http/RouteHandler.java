package dev.hotupdater.http;

/** Answers the requests that match a route. Safe for use by many threads. */
@FunctionalInterface
public interface RouteHandler {
  /**
   * Answers a request.
   *
   * @throws RuntimeException is turned into an answer by the router, without revealing internals
   */
  HttpResponse handle(RouteRequest request);
}
