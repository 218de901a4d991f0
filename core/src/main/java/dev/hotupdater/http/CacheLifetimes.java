package dev.hotupdater.http;

import java.util.OptionalLong;

/**
 * For how many seconds an answer may be used again.
 *
 * @param fresh by whoever has it
 * @param sharedFresh by shared caches, if not the same
 * @param whileRevalidate after it was fresh, while it is asked for anew
 * @param ifError after it was fresh, when asking anew fails
 */
record CacheLifetimes(
    long fresh, OptionalLong sharedFresh, OptionalLong whileRevalidate, OptionalLong ifError) {
  static CacheLifetimes of(long fresh) {
    return new CacheLifetimes(
        fresh, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  CacheLifetimes withSharedFresh(OptionalLong seconds) {
    return new CacheLifetimes(fresh, seconds, whileRevalidate, ifError);
  }

  CacheLifetimes withWhileRevalidate(long seconds) {
    return new CacheLifetimes(fresh, sharedFresh, OptionalLong.of(seconds), ifError);
  }

  CacheLifetimes withIfError(long seconds) {
    return new CacheLifetimes(fresh, sharedFresh, whileRevalidate, OptionalLong.of(seconds));
  }

  /** These lifetimes, cut so that nobody uses the answer again after so many seconds. */
  CacheLifetimes within(long seconds) {
    long cutFresh = Math.min(fresh, seconds);
    OptionalLong cutShared = cut(sharedFresh, seconds);
    long stale = seconds - Math.max(cutFresh, cutShared.orElse(0));
    return new CacheLifetimes(
        cutFresh, cutShared, cut(whileRevalidate, stale), cut(ifError, stale));
  }

  private static OptionalLong cut(OptionalLong lifetime, long seconds) {
    return lifetime.isPresent()
        ? OptionalLong.of(Math.min(lifetime.getAsLong(), seconds))
        : lifetime;
  }

  /** The directives. */
  @Override
  public String toString() {
    return "max-age="
        + fresh
        + directive("s-maxage", sharedFresh)
        + directive("stale-while-revalidate", whileRevalidate)
        + directive("stale-if-error", ifError);
  }

  private static String directive(String name, OptionalLong seconds) {
    return seconds.isPresent() ? ", " + name + "=" + seconds.getAsLong() : "";
  }
}
