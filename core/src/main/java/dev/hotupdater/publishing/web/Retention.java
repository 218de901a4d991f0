package dev.hotupdater.publishing.web;

import java.time.Duration;

/**
 * Which releases stay when old ones are removed.
 *
 * @param keepPerChannel how many of the last ones of each channel stay, at least 1
 * @param minAge whatever is younger than this stays; zero if age does not matter
 */
public record Retention(int keepPerChannel, Duration minAge) {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Retention {
    if (keepPerChannel < 1) {
      throw new IllegalArgumentException("keepPerChannel must be at least 1");
    }
    if (minAge.isNegative()) {
      throw new IllegalArgumentException("minAge must not be negative");
    }
  }
}
