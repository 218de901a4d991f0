package dev.hotupdater.http;

/** Answers requests. This is what a binding calls. Safe for use by many threads. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers a request. Throws nothing: a failure is an answer with status 500 or 503.
   *
   * @return the answer; whoever receives it closes its body, by writing it or without
   */
  HttpResponse handle(HttpRequest request);
}
