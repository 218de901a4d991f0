package dev.hotupdater.protocol.tauri;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.CachePolicy;

/** Who may keep an answer, and for how long. Immutable. */
final class CacheControl {
  private final String forAll;
  private final String forOne;

  /**
   * Creates it.
   *
   * @param isRestricted whether not everybody may ask, so that no answer is for all
   */
  CacheControl(CachePolicy policy, boolean isRestricted) {
    forOne = policy.asPrivate().toString();
    forAll = isRestricted ? forOne : policy.toString();
  }

  /** The value of the header field for an answer to such a request. */
  String of(RequestContext context) {
    boolean isForAll = context.cacheKey().filter(String::isEmpty).isPresent();
    return isForAll ? forAll : forOne;
  }
}
