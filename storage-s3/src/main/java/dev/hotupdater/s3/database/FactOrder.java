package dev.hotupdater.s3.database;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A place in the order of all facts. No two that are recorded have the same, and what is recorded
 * later by one process has the later place, if the times are the same.
 *
 * @param millis the time, in milliseconds since 1970, see {@link #millis(Instant)}
 * @param serial 32 hexadecimal digits
 */
record FactOrder(long millis, String serial) implements Comparable<FactOrder> {
  /** What a pattern has in place of one. */
  static final String FORM = "[0-9]{16}-[0-9a-f]{32}";

  private static final long LAST = 9_999_999_999_999_999L;
  private static final int DIGITS = 16;
  private static final int COUNTER = 0xffff;
  private static final Pattern WHOLE = Pattern.compile(FORM);
  private static final AtomicInteger written = new AtomicInteger();

  /** The next place at this time. */
  static FactOrder at(long millis) {
    String serial =
        String.format(
            Locale.ROOT,
            "%012x%04x%016x",
            System.currentTimeMillis(),
            written.getAndIncrement() & COUNTER,
            ThreadLocalRandom.current().nextLong());
    return new FactOrder(Math.min(millis, LAST), serial);
  }

  /** The place of facts that replace others: the same for the same facts, whoever writes them. */
  static FactOrder of(long millis, String digest) {
    return new FactOrder(Math.min(millis, LAST), digest);
  }

  /** A time as keys have it: what they cannot have is the first or the last that they can. */
  static long millis(Instant time) {
    if (time.isBefore(Instant.EPOCH)) {
      return 0;
    }
    return time.isAfter(Instant.ofEpochMilli(LAST)) ? LAST : time.toEpochMilli();
  }

  /** A time as text of 16 digits, before all that happened then in the order of texts. */
  static String text(long millis) {
    return String.format(Locale.ROOT, "%016d", millis);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  static FactOrder parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("The order of a fact must be a time and a serial number");
    }
    return new FactOrder(Long.parseLong(text.substring(0, DIGITS)), text.substring(DIGITS + 1));
  }

  @Override
  public int compareTo(FactOrder other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return text(millis) + '-' + serial;
  }
}
