package dev.hotupdater.http;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long clients and caches may use an answer again without asking, as Cache-Control says it.
 * Immutable.
 *
 * <p>Source: RFC 9111, section 5.2, and RFC 5861.
 */
public final class CachePolicy {
  private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();
  private static final CachePolicy REVALIDATE = new CachePolicy(0, Optional.empty(), 0, 0);

  private final long maxAge;
  private final Optional<Long> sharedMaxAge;
  private final long staleWhileRevalidate;
  private final long staleIfError;
  private final String headerValue;

  private CachePolicy(
      long maxAge, Optional<Long> sharedMaxAge, long staleWhileRevalidate, long staleIfError) {
    this.maxAge = maxAge;
    this.sharedMaxAge = sharedMaxAge;
    this.staleWhileRevalidate = staleWhileRevalidate;
    this.staleIfError = staleIfError;
    headerValue = write();
  }

  /** An answer may be kept, but is used only after the server has said that it still is right. */
  public static CachePolicy revalidate() {
    return REVALIDATE;
  }

  /**
   * An answer may be used for so long without asking, and then after asking.
   *
   * @throws IllegalArgumentException if it is less than a second or more than 365 days
   */
  public static CachePolicy maxAge(Duration maxAge) {
    if (maxAge.toSeconds() < 1) {
      throw new IllegalArgumentException("maxAge must be at least one second");
    }
    return new CachePolicy(seconds("maxAge", maxAge), Optional.empty(), 0, 0);
  }

  /**
   * This policy, with another time for caches that serve many clients.
   *
   * @throws IllegalArgumentException if it is negative or more than 365 days
   */
  public CachePolicy sharedMaxAge(Duration sharedMaxAge) {
    return new CachePolicy(
        maxAge,
        Optional.of(seconds("sharedMaxAge", sharedMaxAge)),
        staleWhileRevalidate,
        staleIfError);
  }

  /**
   * This policy, and for so much longer an answer may be used while a new one is being fetched.
   *
   * @throws IllegalArgumentException if it is negative or more than 365 days
   */
  public CachePolicy staleWhileRevalidate(Duration staleWhileRevalidate) {
    return new CachePolicy(
        maxAge, sharedMaxAge, seconds("staleWhileRevalidate", staleWhileRevalidate), staleIfError);
  }

  /**
   * This policy, and for so much longer an answer may be used while the server cannot be reached.
   *
   * @throws IllegalArgumentException if it is negative or more than 365 days
   */
  public CachePolicy staleIfError(Duration staleIfError) {
    return new CachePolicy(
        maxAge, sharedMaxAge, staleWhileRevalidate, seconds("staleIfError", staleIfError));
  }

  private static long seconds(String name, Duration duration) {
    if (duration.isNegative() || duration.toSeconds() > LONGEST_SECONDS) {
      throw new IllegalArgumentException(name + " must be from 0 to 365 days");
    }
    return duration.toSeconds();
  }

  /** Whether it lets nobody use an answer without asking. */
  public boolean alwaysAsks() {
    return maxAge == 0 && sharedMaxAge.orElse(0L) == 0;
  }

  /**
   * This policy for an answer that is not to be used for longer than this, in whatever way: no time
   * goes beyond it.
   */
  public CachePolicy limitedTo(Duration limit) {
    long rest = Math.max(0, limit.toSeconds());
    long ownAge = Math.min(maxAge, rest);
    Optional<Long> sharedAge = sharedMaxAge.map(age -> Math.min(age, rest));
    long afterwards = rest - Math.max(ownAge, sharedAge.orElse(0L));
    return new CachePolicy(
        ownAge,
        sharedAge,
        Math.min(staleWhileRevalidate, afterwards),
        Math.min(staleIfError, afterwards));
  }

  /** The value of Cache-Control. */
  public String headerValue() {
    return headerValue;
  }

  /** The value of Cache-Control for an answer that is for this client and no other. */
  public String privateHeaderValue() {
    return "private, "
        + new CachePolicy(maxAge, Optional.empty(), staleWhileRevalidate, staleIfError);
  }

  private String write() {
    if (alwaysAsks()) {
      return "no-cache";
    }
    StringBuilder value = new StringBuilder("max-age=").append(maxAge);
    sharedMaxAge.ifPresent(age -> value.append(", s-maxage=").append(age));
    if (staleWhileRevalidate > 0) {
      value.append(", stale-while-revalidate=").append(staleWhileRevalidate);
    }
    if (staleIfError > 0) {
      value.append(", stale-if-error=").append(staleIfError);
    }
    return value.toString();
  }

  /** The value of Cache-Control. */
  @Override
  public String toString() {
    return headerValue;
  }
}
