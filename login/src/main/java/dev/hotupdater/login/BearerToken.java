package dev.hotupdater.login;

import dev.hotupdater.http.HttpRequest;
import java.util.Optional;

/** Finds the token of a request. */
final class BearerToken {
  private static final String SCHEME = "bearer ";

  private BearerToken() {}

  /** What the header {@code Authorization} has after {@code Bearer}. */
  static Optional<String> of(HttpRequest request) {
    return request
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip());
  }
}
