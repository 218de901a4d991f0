package dev.hotupdater.http;

/** Turns what a route throws into an answer. Safe for use by many threads. */
@FunctionalInterface
public interface FailureHandler {
  /** The answer for a request whose handling has failed. Throws nothing. */
  HttpResponse answer(HttpRequest request, RuntimeException failure);
}
