package dev.hotupdater.s3.database;

import static dev.hotupdater.device.DeviceOutcome.DOWNLOADED;
import static dev.hotupdater.device.DeviceOutcome.FAILED;
import static dev.hotupdater.device.DeviceOutcome.INSTALLED;
import static dev.hotupdater.s3.database.DeviceSamples.APP;
import static dev.hotupdater.s3.database.DeviceSamples.FOLDER;
import static dev.hotupdater.s3.database.DeviceSamples.TIME;
import static dev.hotupdater.s3.database.DeviceSamples.assignment;
import static dev.hotupdater.s3.database.DeviceSamples.changesSince;
import static dev.hotupdater.s3.database.DeviceSamples.count;
import static dev.hotupdater.s3.database.DeviceSamples.devices;
import static dev.hotupdater.s3.database.DeviceSamples.event;
import static dev.hotupdater.s3.database.DeviceSamples.factsKept;
import static dev.hotupdater.s3.database.DeviceSamples.failure;
import static dev.hotupdater.s3.database.DeviceSamples.known;
import static dev.hotupdater.s3.database.DeviceSamples.names;
import static dev.hotupdater.s3.database.DeviceTestServer.FILLED;
import static dev.hotupdater.s3.database.DeviceTestServer.MERGED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.s3.database.DeviceSamples.Known;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What devices told, in a bucket: deletion, damage, and what it costs. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3DevicesTest {
  private static final Set<DeviceOutcome> ALL = EnumSet.allOf(DeviceOutcome.class);
  private static final Instant LATER = TIME.plusSeconds(2);
  private static final String DELETE = "DeleteObject";
  private static final String GET = "GetObject";
  private static final String LIST = "ListObjectsV2";
  private static final String PUT = "PutObject";

  /** What is left if that before {@link #LATER} is deleted. */
  private static final Known LEFT =
      new Known(
          Set.of(failure(3), assignment(1, "beta", TIME.minusSeconds(9))),
          Set.of(count(FAILED, 1), count(INSTALLED, 2), count(DOWNLOADED, 1)));

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
  void deletedEvent_thatWasToldAgain_isGone() {
    DeviceTestServer node = new DeviceTestServer(bucket);
    node.fill();
    node.merge();
    devices(node.database()).record(List.of(event(2, FAILED)), TIME.plusSeconds(999));

    assertEquals(2, devices(node.database()).deleteBefore(LATER, ALL, 100));

    assertEquals(LEFT, known(node.database()));
    assertEquals(0, devices(node.database()).deleteBefore(LATER, ALL, 100));
    assertEquals(5, factsKept(bucket));
  }

  @Test
  void objectOfWhichNothingIsLeft_isDeleted() {
    S3Database database = bucket.database();
    devices(database).record(List.of(event(1, DOWNLOADED), event(2, DOWNLOADED)), TIME);

    assertEquals(1, devices(database).deleteBefore(LATER, ALL, 1));
    assertEquals(1, factsKept(bucket));
    assertEquals(1, devices(database).deleteBefore(LATER, ALL, 1));

    assertEquals(List.of(), names(bucket));
  }

  @Test
  void deletionInSteps_readsAndWritesFewObjects() {
    RequestTap tap = new RequestTap();
    S3Database database = new DeviceTestServer(bucket, tap).database();
    devices(database).record(events(0, 40), TIME);
    devices(database).record(events(40, 40), TIME);
    devices(database).record(events(80, 5), TIME.plusSeconds(5));
    // Told again: it is gone when it is deleted where it was told first.
    devices(database).record(events(79, 2), TIME.plusSeconds(9));
    tap.take();

    for (int left = 70; left >= 0; left -= 10) {
      assertEquals(10, devices(database).deleteBefore(LATER, ALL, 10));
      assertEquals(5 + left, counted(bucket.database()));
    }
    assertEquals(0, devices(database).deleteBefore(LATER, ALL, 10));

    List<String> requests = tap.take();
    // Of each two objects, to find what is old, to look for copies, and to divide it by ten.
    assertEquals(2 + 2 + 2 + 6, Collections.frequency(requests, GET), requests::toString);
    assertEquals(1 + 2 * 3, Collections.frequency(requests, PUT), requests::toString);
    assertEquals(6, factsKept(bucket));
  }

  @Test
  void deletionInSteps_findsWhatIsRecordedMeanwhile() {
    S3Database database = bucket.database();
    devices(database).record(events(0, 5), TIME);
    assertEquals(4, devices(database).deleteBefore(LATER, ALL, 4));

    devices(database).record(events(5, 2), TIME);

    assertEquals(3, devices(database).deleteBefore(LATER, ALL, 4));
    assertEquals(List.of(), names(bucket));
  }

  @Test
  void oldObjects_areDeletedWhole() {
    RequestTap tap = new RequestTap();
    S3Database database = bucket.database(tap);
    devices(database).record(events(0, 3), TIME);
    devices(database).record(events(3, 4), TIME);
    tap.take();

    assertEquals(7, devices(database).deleteBefore(LATER, ALL, 7));

    assertEquals(List.of(DELETE, DELETE, GET, GET, GET, GET, LIST, LIST), sorted(tap));
  }

  private static List<DeviceEvent> events(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(device -> event(device, DOWNLOADED))
        .toList();
  }

  private static long counted(S3Database database) {
    return devices(database).counts(APP).stream().mapToLong(OutcomeCount::devices).sum();
  }

  @Test
  void deletion_withoutRoomForAny_deletesNothing() {
    S3Database database = bucket.database();
    devices(database).record(List.of(event(1, DOWNLOADED)), TIME);

    assertEquals(0, devices(database).deleteBefore(LATER, ALL, 0));
    assertEquals(0, devices(database).deleteBefore(LATER, Set.of(FAILED), 10));

    assertEquals(1, factsKept(bucket));
  }

  @Test
  void deletionThatDies_losesNothingElseAndIsDoneByTheNext() {
    // Requests of a kind come in runs: every third one is enough.
    for (int request = 0; ; request += 3) {
      MetadataTestBucket bucket = server.bucket();
      RequestTap tap = new RequestTap();
      DeviceTestServer dying = new DeviceTestServer(bucket, tap);
      dying.fill();
      dying.merge();
      tap.dieBeforeSending(request);
      boolean isDone = delete(dying.database());

      S3Database next = bucket.database();
      assertTrue(changesSince(next, Instant.EPOCH).containsAll(LEFT.changes()));
      devices(next).deleteBefore(LATER, ALL, 100);
      assertEquals(LEFT, known(next));
      if (isDone) {
        assertTrue(request > 3, "requests");
        return;
      }
    }
  }

  private static boolean delete(S3Database database) {
    try {
      return devices(database).deleteBefore(LATER, ALL, 100) > 0;
    } catch (DatabaseException e) {
      return false;
    }
  }

  @Test
  void deletion_whileAnotherServerMerges_losesNothingElse() {
    // Requests of a kind come in runs: every third one is enough.
    for (int request = 0; ; request += 3) {
      MetadataTestBucket bucket = server.bucket();
      Meanwhile meanwhile = new Meanwhile();
      DeviceTestServer deleting = new DeviceTestServer(bucket, meanwhile);
      DeviceTestServer merging = new DeviceTestServer(bucket);
      deleting.fill();
      meanwhile.before(request, merging::merge);
      delete(deleting.database());

      // One that was merged from an object before it was replaced may be back.
      devices(merging.database()).deleteBefore(LATER, ALL, 100);
      if (!meanwhile.hasHappened()) {
        assertTrue(request > 3, "requests");
        return;
      }
      assertEquals(LEFT, known(merging.database()));
    }
  }

  @Test
  void merge_whileAnotherServerDeletes_losesNothingElse() {
    // Requests of a kind come in runs: every fourth one is enough.
    for (int request = 1; ; request += 4) {
      MetadataTestBucket bucket = server.bucket();
      Meanwhile meanwhile = new Meanwhile();
      DeviceTestServer merging = new DeviceTestServer(bucket, meanwhile);
      merging.fill();
      S3Database deleting = bucket.database();
      meanwhile.before(request, () -> delete(deleting));
      merging.merge();

      devices(deleting).deleteBefore(LATER, ALL, 100);
      assertEquals(LEFT, known(deleting));
      if (!meanwhile.hasHappened()) {
        assertTrue(request > 3, "requests");
        return;
      }
    }
  }

  @Test
  void objectsOfOthers_areSkippedAndStay() {
    DeviceTestServer node = new DeviceTestServer(bucket);
    node.fill();
    FactName damaged = new FactName(FactOrder.at(1), 1, 1, EnumSet.allOf(FactKind.class));
    List<String> others = List.of("read me.txt", "0000", damaged.toString(), "z/y.jsonl.gz");
    others.forEach(name -> bucket.write(FOLDER + name, "anything"));

    assertEquals(FILLED, known(node.database()));
    node.merge();
    assertEquals(MERGED, known(node.database()));
    assertEquals(2, devices(node.database()).deleteBefore(LATER, ALL, 100));
    assertEquals(LEFT, known(node.database()));

    assertEquals(4, node.database().unreadableFacts());
    assertTrue(bucket.keys().containsAll(others.stream().map(FOLDER::concat).toList()));
  }

  @Test
  void unreadableObjects_doNotKeepOthersFromBeingMerged() {
    for (int i = 0; i < 8; i++) {
      FactName damaged = new FactName(FactOrder.at(i), i, 50, Set.of(FactKind.FAILED));
      bucket.write(FOLDER + damaged, "anything");
    }
    DeviceTestServer node = new DeviceTestServer(bucket);
    node.fill();
    known(node.database());

    node.merge();

    assertEquals(8 + 2, names(bucket).size());
  }

  @Test
  void largeBatch_isSeveralObjects() {
    DeviceTestServer node = new DeviceTestServer(bucket);
    List<DeviceEvent> events =
        IntStream.range(0, 250).mapToObj(device -> event(device, FAILED)).toList();

    devices(node.database()).record(events, TIME);

    assertEquals(List.of(100, 100, 50), names(bucket).stream().map(FactName::facts).toList());
    assertEquals(250, changesSince(node.database(), TIME).size());
    assertEquals(List.of(count(FAILED, 250)), devices(node.database()).counts(APP));
  }

  @Test
  void counts_ofMoreEventsThanFitIntoMemory_areExact() {
    FactLimits limits = DeviceTestServer.LIMITS;
    S3Database database =
        new DeviceTestServer(bucket, new FactLimits(50, 3, limits.age(), limits.interval(), 17))
            .database();
    List<DeviceEvent> events =
        IntStream.range(0, 90).mapToObj(device -> event(device, DOWNLOADED)).toList();

    devices(database).record(events, TIME);
    devices(database).record(events.subList(20, 60), TIME);

    assertEquals(List.of(count(DOWNLOADED, 90)), devices(database).counts(APP));
  }

  @Test
  void objects_areBelowTheBasePath() {
    S3Database database = bucket.builder().basePath("apps/one").build();

    devices(database).record(List.of(event(1, FAILED)), TIME);

    assertTrue(bucket.keys().get(0).startsWith("apps/one/" + FOLDER));
    assertEquals(Set.of(failure(1)), changesSince(database, TIME));
    assertEquals(Set.of(), changesSince(bucket.database(), TIME));
  }

  @Test
  void timesBeyondAllKeys_areFound() {
    S3Database database = bucket.database();

    devices(database).record(List.of(event(1, FAILED)), Instant.EPOCH.minusSeconds(5));
    devices(database).record(List.of(event(2, FAILED)), Instant.MAX);

    assertEquals(Set.of(failure(1), failure(2)), changesSince(database, Instant.MIN));
    assertEquals(Set.of(failure(2)), changesSince(database, Instant.MAX));
    assertEquals(1, devices(database).deleteBefore(Instant.EPOCH, ALL, 100));
    assertEquals(Set.of(failure(2)), changesSince(database, Instant.MIN));
  }

  @Test
  void requests_areFew() {
    RequestTap tap = new RequestTap();
    S3Database database = bucket.database(tap);

    devices(database).record(List.of(event(1, DOWNLOADED), event(2, FAILED)), TIME);
    assertEquals(List.of(PUT), tap.take());
    devices(database).record(List.of(), TIME);
    assertEquals(List.of(), tap.take());
    devices(database).assign(assignment(1, "beta", TIME));
    assertEquals(List.of(LIST, PUT), tap.take());
    devices(database).record(List.of(event(3, INSTALLED)), TIME);
    tap.take();

    changesSince(database, TIME);
    assertEquals(List.of(LIST, GET, GET), tap.take(), "an object without changes is not read");
    changesSince(database, TIME);
    assertEquals(List.of(LIST), tap.take(), "none is read again");
    changesSince(database, TIME.plusSeconds(5));
    assertEquals(List.of(LIST), tap.take());

    devices(database).deleteBefore(TIME, ALL, 10);
    assertEquals(List.of(LIST), sorted(tap).subList(2, 3));
    devices(database).counts(APP);
    assertEquals(List.of(GET, GET, LIST, LIST), sorted(tap));
  }

  private static List<String> sorted(RequestTap tap) {
    return tap.take().stream().sorted().toList();
  }
}
