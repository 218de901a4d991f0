package dev.hotupdater.http;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code Cache-Control} says of an answer: for how long clients and shared caches, such as a
 * content delivery network, may use it again without asking. Immutable.
 *
 * <p>Durations are whole seconds, from 0 to 365 days. Sources: RFC 9111, section 5.2; for {@code
 * stale-while-revalidate} and {@code stale-if-error}, RFC 5861.
 */
public final class CachePolicy {
  private static final long MAX_SECONDS = Duration.ofDays(365).toSeconds();
  private static final CachePolicy REVALIDATE = new CachePolicy(false, Optional.empty());
  private static final CachePolicy PRIVATE_REVALIDATE = new CachePolicy(true, Optional.empty());

  private final boolean isPrivate;
  private final Optional<CacheLifetimes> lifetimes;
  private final String fieldValue;

  private CachePolicy(boolean isPrivate, Optional<CacheLifetimes> lifetimes) {
    this.isPrivate = isPrivate;
    this.lifetimes = lifetimes;
    this.fieldValue =
        (isPrivate ? "private, " : "") + lifetimes.map(Object::toString).orElse("no-cache");
  }

  /** Whoever keeps the answer asks every time whether it is still right: {@code no-cache}. */
  public static CachePolicy revalidate() {
    return REVALIDATE;
  }

  /**
   * The answer may be used again for so long: {@code max-age=60}.
   *
   * @throws IllegalArgumentException if the duration is out of range
   */
  public static CachePolicy maxAge(Duration duration) {
    return new CachePolicy(false, Optional.of(CacheLifetimes.of(seconds(duration))));
  }

  /**
   * This policy, with another lifetime in shared caches: {@code s-maxage}.
   *
   * @throws IllegalArgumentException if the duration is out of range
   * @throws IllegalStateException if the policy is private, or made by {@link #revalidate}
   */
  public CachePolicy sharedMaxAge(Duration duration) {
    if (isPrivate) {
      throw new IllegalStateException("No shared cache keeps a private answer.");
    }
    OptionalLong shared = OptionalLong.of(seconds(duration));
    return new CachePolicy(false, Optional.of(current().withSharedFresh(shared)));
  }

  /**
   * This policy, with leave to use the answer for so long after its lifetime while it is asked for
   * anew: {@code stale-while-revalidate}.
   *
   * @throws IllegalArgumentException if the duration is out of range
   * @throws IllegalStateException if the policy was made by {@link #revalidate}
   */
  public CachePolicy staleWhileRevalidate(Duration duration) {
    return new CachePolicy(
        isPrivate, Optional.of(current().withWhileRevalidate(seconds(duration))));
  }

  /**
   * This policy, with leave to use the answer for so long after its lifetime if asking anew fails:
   * {@code stale-if-error}.
   *
   * @throws IllegalArgumentException if the duration is out of range
   * @throws IllegalStateException if the policy was made by {@link #revalidate}
   */
  public CachePolicy staleIfError(Duration duration) {
    return new CachePolicy(isPrivate, Optional.of(current().withIfError(seconds(duration))));
  }

  /**
   * This policy for an answer that is meant for one client alone: {@code private}. A lifetime in
   * shared caches is dropped.
   */
  public CachePolicy asPrivate() {
    return lifetimes
        .map(each -> each.withSharedFresh(OptionalLong.empty()))
        .map(each -> new CachePolicy(true, Optional.of(each)))
        .orElse(PRIVATE_REVALIDATE);
  }

  /**
   * This policy for an answer that nobody may use after some time, such as one with an address that
   * expires. Lifetimes are cut to it, and so is what each leave to use a stale answer makes of
   * them.
   *
   * @param timeToLive below one second, or negative, the answer may not be used again without
   *     asking
   */
  public CachePolicy within(Duration timeToLive) {
    long limit = timeToLive.toSeconds();
    if (limit < 1) {
      return isPrivate ? PRIVATE_REVALIDATE : REVALIDATE;
    }
    return lifetimes
        .map(each -> new CachePolicy(isPrivate, Optional.of(each.within(limit))))
        .orElse(this);
  }

  /** The value of the header field. */
  @Override
  public String toString() {
    return fieldValue;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CachePolicy policy && policy.fieldValue.equals(fieldValue);
  }

  @Override
  public int hashCode() {
    return fieldValue.hashCode();
  }

  private CacheLifetimes current() {
    return lifetimes.orElseThrow(
        () ->
            new IllegalStateException(
                "An answer that is always asked for again has no lifetime: begin with maxAge."));
  }

  private static long seconds(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 0 || seconds > MAX_SECONDS || duration.getNano() != 0) {
      throw new IllegalArgumentException(
          "A lifetime in caches must be whole seconds from 0 to 365 days, and is " + duration);
    }
    return seconds;
  }
}
