package dev.hotupdater.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of what devices tell is kept, where and for how long. Immutable.
 *
 * @param queueSize how many events may wait in memory until they are in the database; one that
 *     comes when the queue is full is dropped
 * @param retention how long events are kept in the database, by the time of their recording; those
 *     of failures excepted
 * @param failureRetention how long failures are kept: while it is, the version is not offered to
 *     the device again
 * @param maxFacts how many failures, how many assignments of channels, and how many channels that
 *     devices chose, are kept in memory. A failure takes 16 to 32 bytes, each of the others about
 *     100
 */
public record DeviceSettings(
    int queueSize, Duration retention, Duration failureRetention, int maxFacts) {
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
    checkRetention("failureRetention", failureRetention, problems);
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
   * 10,000 events in the queue, 90 days of events, 730 days of failures, and 1,000,000 of each fact
   * in memory.
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
    private Duration failureRetention = Duration.ofDays(730);
    private int maxFacts = 1_000_000;

    private Builder() {}

    /** Sets how many events may wait in memory, 1 to 1,000,000. */
    public Builder queueSize(int queueSize) {
      this.queueSize = queueSize;
      return this;
    }

    /** Sets how long events other than failures are kept, at least an hour. */
    public Builder retention(Duration retention) {
      this.retention = requireNonNull(retention, "retention");
      return this;
    }

    /** Sets how long failures are kept, at least an hour. */
    public Builder failureRetention(Duration failureRetention) {
      this.failureRetention = requireNonNull(failureRetention, "failureRetention");
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
      return new DeviceSettings(queueSize, retention, failureRetention, maxFacts);
    }
  }
}
