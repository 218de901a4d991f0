package dev.hotupdater.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of what devices tell is kept, where and for how long. Immutable.
 *
 * @param queueSize how many events of a tenant may wait in memory until they are in the database;
 *     of all tenants together twice as many. One that comes when there is no room is dropped; the
 *     last fifth of the room is for failures alone
 * @param retention how long it is kept in the database that a release was downloaded, or could not
 *     be installed, by the time of the recording
 * @param resultRetention how long it is kept that a release runs on a device, or failed on it; both
 *     as long as each other, so that neither is counted without the other. While a failure is kept,
 *     the version is not offered to the device again
 * @param maxFacts how many failures, how many assignments of channels, and how many channels that
 *     devices chose, are kept in memory; if there are more failures, the newest are. A failure
 *     takes 16 to 32 bytes, each of the others about 100
 */
public record DeviceSettings(
    int queueSize, Duration retention, Duration resultRetention, int maxFacts) {
  private static final int MAX_QUEUE_SIZE = 1_000_000;
  private static final int MAX_FACTS = 100_000_000;
  private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException saying what is wrong with which of them
   */
  public DeviceSettings {
    List<String> problems = new ArrayList<>();
    checkRange("queueSize", queueSize, MAX_QUEUE_SIZE, problems);
    checkRange("maxFacts", maxFacts, MAX_FACTS, problems);
    checkRetention("retention", retention, problems);
    checkRetention("resultRetention", resultRetention, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", problems));
    }
  }

  private static void checkRange(String name, int value, int max, List<String> problems) {
    if (value < 1 || value > max) {
      problems.add(name + " must be 1 to " + max + ".");
    }
  }

  private static void checkRetention(String name, Duration value, List<String> problems) {
    if (value.compareTo(SHORTEST_RETENTION) < 0) {
      problems.add(name + " must be at least one hour.");
    }
  }

  /**
   * 10,000 events in the queue, 90 days of downloads, 730 days of what became of releases, and
   * 1,000,000 of each fact in memory.
   */
  public static DeviceSettings defaults() {
    return builder().build();
  }

  /** A builder with the {@linkplain #defaults() defaults}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds {@link DeviceSettings}. Not thread-safe. */
  public static final class Builder {
    private int queueSize = 10_000;
    private Duration retention = Duration.ofDays(90);
    private Duration resultRetention = Duration.ofDays(730);
    private int maxFacts = 1_000_000;

    private Builder() {}

    /** Sets how many events of a tenant may wait in memory, 1 to 1,000,000. */
    public Builder queueSize(int queueSize) {
      this.queueSize = queueSize;
      return this;
    }

    /**
     * Sets how long it is kept that a release was downloaded, or could not be installed, at least
     * an hour.
     */
    public Builder retention(Duration retention) {
      this.retention = requireNonNull(retention, "retention");
      return this;
    }

    /** Sets how long it is kept that a release runs, or failed, at least an hour. */
    public Builder resultRetention(Duration resultRetention) {
      this.resultRetention = requireNonNull(resultRetention, "resultRetention");
      return this;
    }

    /**
     * Sets how many failures, how many assignments, and how many channels that devices chose, are
     * kept in memory, 1 to 100,000,000.
     */
    public Builder maxFacts(int maxFacts) {
      this.maxFacts = maxFacts;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException saying what is wrong with which of them
     */
    public DeviceSettings build() {
      return new DeviceSettings(queueSize, retention, resultRetention, maxFacts);
    }
  }
}
