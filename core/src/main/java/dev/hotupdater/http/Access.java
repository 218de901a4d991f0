package dev.hotupdater.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use a group of routes. A group that changes data cannot be mounted without one.
 * Immutable.
 */
public final class Access {
  private static final String BEARER = "bearer ";
  private static final int GOOD_TOKEN_LENGTH = 16;
  private static final Logger log = LoggerFactory.getLogger(Access.class);

  private final Predicate<HttpRequest> rule;

  private Access(Predicate<HttpRequest> rule) {
    this.rule = rule;
  }

  /**
   * Everybody who sends this secret as {@code Authorization: Bearer <token>}.
   *
   * @param token should be random and have at least 16 characters
   * @param more further tokens that are accepted, so that a token can be replaced without a gap
   * @throws IllegalArgumentException if a token is empty, or has characters that a header cannot
   *     carry
   */
  public static Access bearerToken(String token, String... more) {
    List<byte[]> accepted = new ArrayList<>();
    accepted.add(checkedToken(token));
    for (String other : more) {
      accepted.add(checkedToken(other));
    }
    return bearer(sent -> isAccepted(sent, accepted));
  }

  /**
   * Everybody who sends a token that the rule accepts as {@code Authorization: Bearer <token>}.
   *
   * @param rule whether a token is accepted; compares secrets in constant time, and is safe for use
   *     by many threads
   */
  public static Access bearer(Predicate<String> rule) {
    requireNonNull(rule, "rule");
    return new Access(request -> token(request).filter(rule).isPresent());
  }

  /** Everybody whose request the function accepts. It must be safe for use by many threads. */
  public static Access custom(Predicate<HttpRequest> rule) {
    return new Access(requireNonNull(rule, "rule"));
  }

  /**
   * Everybody who reaches the routes. Only for an embedder whose own framework lets nobody reach
   * them who may not use them.
   */
  public static Access delegated() {
    return new Access(request -> true);
  }

  /** Whether this request may use the routes. */
  public boolean allows(HttpRequest request) {
    return rule.test(request);
  }

  private static byte[] checkedToken(String token) {
    boolean printable = token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (token.isEmpty() || !printable) {
      throw new IllegalArgumentException(
          "A bearer token must not be empty and must be of printable ASCII without spaces.");
    }
    if (token.length() < GOOD_TOKEN_LENGTH) {
      log.warn("A bearer token has fewer than {} characters and may be guessed", GOOD_TOKEN_LENGTH);
    }
    return token.getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<String> token(HttpRequest request) {
    return request
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  private static boolean isAccepted(String sent, List<byte[]> accepted) {
    byte[] bytes = sent.getBytes(StandardCharsets.UTF_8);
    boolean matches = false;
    for (byte[] token : accepted) {
      matches |= MessageDigest.isEqual(bytes, token);
    }
    return matches;
  }
}
