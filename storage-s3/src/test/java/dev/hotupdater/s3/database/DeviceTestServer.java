package dev.hotupdater.s3.database;

import static dev.hotupdater.device.DeviceOutcome.DOWNLOADED;
import static dev.hotupdater.device.DeviceOutcome.FAILED;
import static dev.hotupdater.device.DeviceOutcome.INSTALLED;
import static dev.hotupdater.s3.database.DeviceSamples.TIME;
import static dev.hotupdater.s3.database.DeviceSamples.assignment;
import static dev.hotupdater.s3.database.DeviceSamples.count;
import static dev.hotupdater.s3.database.DeviceSamples.devices;
import static dev.hotupdater.s3.database.DeviceSamples.event;
import static dev.hotupdater.s3.database.DeviceSamples.failure;

import dev.hotupdater.s3.database.DeviceSamples.Known;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** A server that merges objects as soon as there are more than three small ones. */
final class DeviceTestServer {
  static final FactLimits LIMITS =
      new FactLimits(100, 3, Duration.ofMinutes(5), Duration.ofMinutes(1), 1_000);

  /** What {@link #fill} records. */
  static final Known FILLED =
      new Known(
          Set.of(failure(2), failure(3), assignment(1, "beta", TIME.minusSeconds(9))),
          Set.of(count(FAILED, 2), count(INSTALLED, 2), count(DOWNLOADED, 1)));

  /** The same and what {@link #merge} records. */
  static final Known MERGED =
      new Known(
          FILLED.changes(), Set.of(count(FAILED, 2), count(INSTALLED, 2), count(DOWNLOADED, 2)));

  /** How many facts there are then, if each is there once. */
  static final int FACTS_MERGED = 7;

  /** However long a test takes, what it has written so far is old then. */
  private static final Duration LONG = Duration.ofHours(12);

  /** A clock that stands still, so that a slow test makes no object old. */
  private volatile Instant now = Instant.now();

  private final S3Database database;

  DeviceTestServer(MetadataTestBucket bucket, ExecutionInterceptor... interceptors) {
    this(bucket, LIMITS, interceptors);
  }

  DeviceTestServer(
      MetadataTestBucket bucket, FactLimits limits, ExecutionInterceptor... interceptors) {
    database =
        bucket
            .builder(interceptors)
            .clock(new SettableClock(() -> Clock.fixed(now, ZoneOffset.UTC)))
            .factLimits(limits)
            .background(Runnable::run)
            .build();
  }

  S3Database database() {
    return database;
  }

  void advance(Duration time) {
    now = now.plus(time);
  }

  /** Six objects, some with the same facts. */
  void fill() {
    devices(database).record(List.of(event(1, DOWNLOADED), event(2, FAILED)), TIME);
    devices(database).record(List.of(event(2, FAILED)), TIME.plusSeconds(1));
    devices(database).record(List.of(event(1, INSTALLED)), TIME.plusSeconds(2));
    devices(database).record(List.of(event(3, INSTALLED), event(3, FAILED)), TIME.plusSeconds(3));
    devices(database).assign(assignment(1, "stable", TIME));
    devices(database).assign(assignment(1, "beta", TIME.minusSeconds(9)));
  }

  /** One event more, a long time later by the clock of this server, so that all are merged. */
  void merge() {
    advance(LONG);
    devices(database).record(List.of(event(9, DOWNLOADED)), TIME.plusSeconds(360));
  }
}
