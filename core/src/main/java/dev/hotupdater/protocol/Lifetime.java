package dev.hotupdater.protocol;

import dev.hotupdater.storage.DownloadAddress;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a download address, or an answer with several, is handed out to devices. It is renewed
 * after a quarter of the time for which it works, and while that fails it is handed out until half
 * of it has passed, so that a device always has the other half for its download. A storage that
 * gives the same address for a while may say itself how long. Immutable.
 *
 * @param renewal from when a new one is asked for
 * @param end from when it is not handed out any more
 */
public record Lifetime(Instant renewal, Instant end) {
  /** The lifetime of what works for ever. */
  public static final Lifetime UNLIMITED = new Lifetime(Instant.MAX, Instant.MAX);

  private static final int RENEWAL_PART = 4;
  private static final int END_PART = 2;

  /** The lifetime of an address that a storage gives now. */
  static Lifetime of(DownloadAddress address, Instant now) {
    if (address.expiry().isEmpty()) {
      return UNLIMITED;
    }
    if (address.reusableUntil().isPresent()) {
      Instant end = address.reusableUntil().get();
      return new Lifetime(end, end);
    }
    Instant expiry = address.expiry().get();
    Duration works = expiry.isAfter(now) ? Duration.between(now, expiry) : Duration.ZERO;
    return new Lifetime(
        now.plus(works.dividedBy(RENEWAL_PART)), now.plus(works.dividedBy(END_PART)));
  }

  /** The lifetime of something that has another part as well. */
  public Lifetime and(Lifetime other) {
    return new Lifetime(earlier(renewal, other.renewal), earlier(end, other.end));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Whether it never ends. */
  public boolean isUnlimited() {
    return end.equals(Instant.MAX);
  }
}
