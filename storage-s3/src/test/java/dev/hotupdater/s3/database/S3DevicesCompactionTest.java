package dev.hotupdater.s3.database;

import static dev.hotupdater.device.DeviceOutcome.DOWNLOADED;
import static dev.hotupdater.device.DeviceOutcome.FAILED;
import static dev.hotupdater.s3.database.DeviceSamples.TIME;
import static dev.hotupdater.s3.database.DeviceSamples.assignment;
import static dev.hotupdater.s3.database.DeviceSamples.changesSince;
import static dev.hotupdater.s3.database.DeviceSamples.devices;
import static dev.hotupdater.s3.database.DeviceSamples.event;
import static dev.hotupdater.s3.database.DeviceSamples.factsKept;
import static dev.hotupdater.s3.database.DeviceSamples.failure;
import static dev.hotupdater.s3.database.DeviceSamples.known;
import static dev.hotupdater.s3.database.DeviceSamples.names;
import static dev.hotupdater.s3.database.DeviceTestServer.FACTS_MERGED;
import static dev.hotupdater.s3.database.DeviceTestServer.FILLED;
import static dev.hotupdater.s3.database.DeviceTestServer.LIMITS;
import static dev.hotupdater.s3.database.DeviceTestServer.MERGED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Few large objects in place of many small ones: nothing is lost, whatever happens meanwhile. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3DevicesCompactionTest {
  private static MetadataServer server;

  private final MetadataTestBucket bucket = server.bucket();

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Test
  void oldObjects_areMergedAndComeToTheSame() {
    DeviceTestServer node = new DeviceTestServer(bucket);
    node.fill();
    assertEquals(FILLED, known(node.database()));
    assertEquals(6, names(bucket).size());

    node.merge();

    assertEquals(MERGED, known(node.database()));
    assertEquals(MERGED, known(bucket.database()));
    assertEquals(FACTS_MERGED, factsKept(bucket));
    assertEquals(2, names(bucket).size(), "changes and the rest");
  }

  @Test
  void youngAndFewObjects_areLeftAlone() {
    DeviceTestServer node = new DeviceTestServer(bucket);
    node.fill();
    node.advance(Duration.ofMinutes(2));
    devices(node.database()).record(List.of(event(9, DOWNLOADED)), TIME);
    assertEquals(7, names(bucket).size());

    MetadataTestBucket other = server.bucket();
    DeviceTestServer few = new DeviceTestServer(other);
    devices(few.database()).record(List.of(event(1, DOWNLOADED)), TIME);
    devices(few.database()).record(List.of(event(2, DOWNLOADED)), TIME);
    few.merge();
    assertEquals(3, names(other).size());
  }

  @Test
  void largeObjects_areNotMergedAgain() {
    FactLimits limits = new FactLimits(4, 3, LIMITS.age(), LIMITS.interval(), LIMITS.idsInMemory());
    DeviceTestServer node = new DeviceTestServer(bucket, limits);
    for (int device = 0; device < 16; device++) {
      devices(node.database()).record(List.of(event(device, DOWNLOADED)), TIME);
    }

    node.merge();

    assertEquals(
        List.of(1, 4, 4, 4, 4), names(bucket).stream().map(FactName::facts).sorted().toList());
  }

  @Test
  void objectsOfWhichTwoFit_areMergedWithTheirLike() {
    FactLimits limits =
        new FactLimits(10, 3, LIMITS.age(), LIMITS.interval(), LIMITS.idsInMemory());
    DeviceTestServer node = new DeviceTestServer(bucket, limits);
    for (int device = 0; device < 16; device += 2) {
      devices(node.database())
          .record(
              List.of(
                  event(device, DOWNLOADED),
                  event(device, FAILED),
                  event(device + 1, DOWNLOADED),
                  event(device + 1, FAILED)),
              TIME);
    }

    node.merge();

    assertEquals(
        List.of(4, 4, 8, 8, 8), names(bucket).stream().map(FactName::facts).sorted().toList());
  }

  @Test
  void mergedFacts_areAmongTheChangesSinceTheyWereRecorded() {
    DeviceTestServer node = new DeviceTestServer(bucket);
    node.fill();
    node.merge();

    assertEquals(
        Set.of(failure(3), assignment(1, "beta", TIME.minusSeconds(9))),
        withoutOlderFailures(changesSince(node.database(), TIME)));
    assertTrue(changesSince(node.database(), TIME.plusSeconds(3)).contains(failure(3)));
    assertFalse(changesSince(node.database(), TIME.plusSeconds(4)).contains(failure(3)));
  }

  private static <T> Set<T> withoutOlderFailures(Set<T> changes) {
    changes.remove(failure(2));
    return changes;
  }

  @Test
  void assignment_afterTheLastOneWasMerged_takesItsPlace() {
    DeviceTestServer node = new DeviceTestServer(bucket);
    node.fill();
    node.merge();

    devices(node.database()).assign(assignment(1, "late", TIME.minusSeconds(20)));

    Set<?> found = changesSince(node.database(), TIME.minusSeconds(20));
    assertTrue(found.contains(assignment(1, "late", TIME.minusSeconds(20))), found::toString);
    assertFalse(found.contains(assignment(1, "beta", TIME.minusSeconds(9))), found::toString);
  }

  @Test
  void serverThatDies_beforeAnyRequest_losesNothing() {
    // The event itself is recorded by the first request. Of those that read and those that delete
    // some are enough; one of these is between the two that write.
    for (int request = 1; ; request += 3) {
      MetadataTestBucket bucket = server.bucket();
      RequestTap tap = new RequestTap();
      DeviceTestServer dying = new DeviceTestServer(bucket, tap);
      dying.fill();
      tap.dieBeforeSending(request);
      dying.merge();
      boolean isOver = tap.take().size() <= request;

      DeviceTestServer next = new DeviceTestServer(bucket);
      assertEquals(MERGED, known(next.database()));
      next.merge();
      assertEquals(MERGED, known(next.database()));
      if (isOver) {
        assertTrue(request > 10, "requests");
        return;
      }
    }
  }

  @Test
  void twoServers_thatMergeAtOnce_loseNothing() {
    // Requests of a kind come in runs: every fourth one is enough.
    for (int request = 1; ; request += 4) {
      MetadataTestBucket bucket = server.bucket();
      Meanwhile meanwhile = new Meanwhile();
      DeviceTestServer first = new DeviceTestServer(bucket, meanwhile);
      DeviceTestServer second = new DeviceTestServer(bucket);
      first.fill();
      meanwhile.before(request, second::merge);
      first.merge();

      assertEquals(MERGED, known(second.database()));
      if (!meanwhile.hasHappened()) {
        assertTrue(request > 10, "requests");
        return;
      }
      // What is there twice is so no longer once it is merged again.
      devices(first.database()).record(List.of(event(9, DOWNLOADED)), TIME.plusSeconds(361));
      devices(first.database()).record(List.of(event(9, DOWNLOADED)), TIME.plusSeconds(362));
      devices(first.database()).record(List.of(event(9, DOWNLOADED)), TIME.plusSeconds(363));
      first.merge();
      assertEquals(MERGED, known(second.database()));
      assertEquals(FACTS_MERGED, factsKept(bucket));
    }
  }

  @Test
  void twoServers_thatMergeTheSame_writeTheSameObjects() {
    // One of the objects that are written is large, so that it is never merged again.
    FactLimits limits = new FactLimits(9, 3, LIMITS.age(), LIMITS.interval(), LIMITS.idsInMemory());
    Meanwhile meanwhile = new Meanwhile();
    DeviceTestServer first = new DeviceTestServer(bucket, limits, meanwhile);
    DeviceTestServer second = new DeviceTestServer(bucket, limits);
    first.fill();
    int objects = 1 + names(bucket).size();
    // The first one has recorded an event, listed the objects and read them all by then.
    meanwhile.before(1 + 1 + objects, second::merge);

    first.merge();

    assertTrue(meanwhile.hasHappened());
    // The second one has recorded an event, too, which did not fit.
    assertEquals(FACTS_MERGED + 1, factsKept(bucket), () -> names(bucket).toString());
    assertEquals(2 + 1, names(bucket).size());
    assertEquals(MERGED, known(second.database()));
  }

  @Test
  void supersededAssignments_areDroppedFromLargeObjects() {
    FactLimits limits = new FactLimits(4, 3, LIMITS.age(), LIMITS.interval(), LIMITS.idsInMemory());
    DeviceTestServer node = new DeviceTestServer(bucket, limits);
    devices(node.database())
        .record(List.of(event(7, FAILED), event(8, FAILED), event(9, FAILED)), TIME);
    for (String channel : List.of("stable", "beta", "last")) {
      for (int device = 0; device < 4; device++) {
        devices(node.database()).assign(assignment(device, channel, TIME));
      }
      node.merge();
    }

    assertEquals(4, assignmentsKept());
    Set<?> changes = changesSince(node.database(), Instant.EPOCH);
    for (int device = 0; device < 4; device++) {
      assertTrue(changes.contains(assignment(device, "last", TIME)), changes::toString);
    }
    assertEquals(4 + 3, changes.size());
  }

  private int assignmentsKept() {
    return names(bucket).stream()
        .filter(name -> name.kinds().contains(FactKind.ASSIGNMENT))
        .mapToInt(FactName::facts)
        .sum();
  }

  @Test
  void largeObjectsOfAssignmentsInUse_areReadOnceAndStay() {
    FactLimits limits = new FactLimits(4, 3, LIMITS.age(), LIMITS.interval(), LIMITS.idsInMemory());
    RequestTap tap = new RequestTap();
    DeviceTestServer node = new DeviceTestServer(bucket, limits, tap);
    for (int device = 0; device < 8; device++) {
      devices(node.database()).assign(assignment(device, "stable", TIME));
    }
    node.merge();
    node.merge();
    List<FactName> before = names(bucket);
    tap.take();

    node.merge();

    assertFalse(tap.take().contains("GetObject"));
    assertEquals(8, assignmentsKept());
    assertTrue(names(bucket).containsAll(before));
  }

  @Test
  void reader_whoseObjectsAreMergedMeanwhile_readsThemAll() {
    for (int request = 0; ; request += 2) {
      MetadataTestBucket bucket = server.bucket();
      DeviceTestServer merging = new DeviceTestServer(bucket);
      merging.fill();
      Meanwhile meanwhile = new Meanwhile();
      S3Database reader = new DeviceTestServer(bucket, meanwhile, new SmallPages()).database();
      meanwhile.before(request, merging::merge);

      Set<?> changes = changesSince(reader, Instant.EPOCH);
      if (!meanwhile.hasHappened()) {
        assertTrue(request > 3, "requests");
        return;
      }
      assertEquals(MERGED.changes(), changes);
    }
  }

  @Test
  void counts_whileObjectsAreMerged_haveEachEventOnce() {
    for (int request = 0; ; request += 3) {
      MetadataTestBucket bucket = server.bucket();
      DeviceTestServer merging = new DeviceTestServer(bucket);
      merging.fill();
      devices(merging.database()).record(List.of(event(9, DOWNLOADED)), TIME);
      Meanwhile meanwhile = new Meanwhile();
      S3Database reader = new DeviceTestServer(bucket, meanwhile, new SmallPages()).database();
      meanwhile.before(request, merging::merge);

      assertEquals(MERGED.counts(), Set.copyOf(devices(reader).counts(DeviceSamples.APP)));
      if (!meanwhile.hasHappened()) {
        assertTrue(request > 3, "requests");
        return;
      }
    }
  }

  @Test
  void storeThatIsDown_duringTheMerge_failsNoRecord() {
    RequestTap tap = new RequestTap();
    DeviceTestServer node = new DeviceTestServer(bucket, tap);
    node.fill();
    tap.dieBeforeSending(1);

    node.merge();

    assertEquals(7, names(bucket).size());
    tap.dieBeforeSending(0);
    assertThrows(
        DatabaseException.class,
        () -> devices(node.database()).record(List.of(event(1, FAILED)), TIME));
  }
}
