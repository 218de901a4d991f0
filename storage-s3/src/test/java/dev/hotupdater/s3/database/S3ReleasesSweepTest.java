package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.ReleaseSamples.APP;
import static dev.hotupdater.s3.database.ReleaseSamples.commit;
import static dev.hotupdater.s3.database.ReleaseSamples.content;
import static dev.hotupdater.s3.database.ReleaseSamples.put;
import static dev.hotupdater.s3.database.ReleaseSamples.release;
import static dev.hotupdater.s3.database.ReleaseSamples.releaseId;
import static dev.hotupdater.s3.database.ReleaseSamples.releases;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import dev.hotupdater.s3.database.ReleaseSamples.Content;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/** Objects that nobody needs any more. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3ReleasesSweepTest {
  private static final Duration UNTIL_EVERYTHING_IS_OLD = Duration.ofHours(25);
  private static final String ROOT = ".hotupdater/releases/root.json";
  private static final String RECORDS = ".hotupdater/releases/records/";

  private static MetadataServer server;

  private MetadataTestBucket bucket;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void fillDatabase() {
    bucket = server.bucket();
    commit(bucket.database(), ReleaseWrite.create(APP));
    put(bucket.database(), release(1), release(2));
    put(bucket.database(), release(1, "changed"));
    commit(bucket.database(), ReleaseWrite.delete(releaseId(2)));
  }

  private ReleaseDatabase sweeping(ExecutionInterceptor... interceptors) {
    return bucket.later(UNTIL_EVERYTHING_IS_OLD, interceptors).build();
  }

  private List<String> records() {
    return bucket.keys().stream().filter(key -> key.startsWith(RECORDS)).toList();
  }

  private static String leftover(int number) {
    return RECORDS + String.format("%032x", number) + '-' + new UUID(9, number) + ".json";
  }

  @Test
  void objectsThatAreYoung_areKept() {
    put(bucket.later(Duration.ofHours(23)).build(), release(3));

    assertEquals(5, records().size());
  }

  @Test
  void clockOfTheServerThatIsAhead_makesNothingOld() {
    Clock ahead = Clock.offset(Clock.systemUTC(), UNTIL_EVERYTHING_IS_OLD);

    put(bucket.builder().clock(ahead).build(), release(3));

    assertEquals(5, records().size());
  }

  @Test
  void clockOfTheStoreThatIsAhead_makesNothingOld() {
    put(bucket.database(new LaterStore(UNTIL_EVERYTHING_IS_OLD)), release(3));

    assertEquals(5, records().size());
  }

  /** The former root can be put back, however old what it names is. */
  @Test
  void objectsThatWereReplacedJustNow_areKept() {
    String former = bucket.read(ROOT);

    put(sweeping(), release(1, "newer"));

    assertEquals(3, records().size(), "those that were replaced a day ago are gone");
    bucket.write(ROOT, former);
    assertEquals(
        Content.of(List.of(APP), List.of(release(1, "changed"))), content(bucket.database()));
  }

  @Test
  void objectsThatWereReplacedADayAgo_areDeleted() {
    put(sweeping(), release(1, "newer"));

    put(bucket.later(UNTIL_EVERYTHING_IS_OLD.multipliedBy(2)).build(), release(3));

    assertEquals(3, records().size());
  }

  @Test
  void rootThatIsReplacedDuringTheSweep_leavesItToTheNextCommit() {
    ExecutionInterceptor overtaking =
        new ExecutionInterceptor() {
          private boolean isDone;

          @Override
          public synchronized void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (!isDone && context.request() instanceof HeadObjectRequest) {
              isDone = true;
              put(bucket.database(), release(4));
            }
          }
        };
    ReleaseDatabase database = sweeping(overtaking);

    put(database, release(3));
    int left = records().size();
    put(database, release(5));

    assertEquals(4 + 2, left);
    assertEquals(2 + 3, records().size());
  }

  @Test
  void sweep_asksForTheTimeOfTheStoreOnce() {
    RequestTap tap = new RequestTap();
    ReleaseDatabase database = sweeping(tap);

    put(database, release(3));
    List<String> first = tap.take();
    put(database, release(4));

    assertEquals(
        List.of("ListObjectsV2", "HeadObject", "DeleteObject", "DeleteObject"),
        first.subList(first.size() - 4, first.size()));
    assertEquals(List.of("GetObject", "PutObject", "PutObject"), tap.take());
  }

  @Test
  void objectsThatNoRootNames_areDeletedWhenTheyAreOld() {
    put(sweeping(), release(3));

    assertEquals(3, records().size());
    assertEquals(
        Content.of(List.of(APP), List.of(release(1, "changed"), release(3))),
        content(bucket.database()));
  }

  @Test
  void objectsThatAreNoRecords_areKept() {
    bucket.write(RECORDS + "notes.txt", "mine");
    bucket.write(RECORDS + "0/" + new UUID(1, 1) + ".json", "mine");

    put(sweeping(), release(3));

    assertTrue(bucket.keys().contains(RECORDS + "notes.txt"));
    assertEquals(5, records().size());
  }

  @Test
  void manyObjects_areDeletedAFewAtATime() {
    for (int i = 0; i < 130; i++) {
      bucket.write(leftover(i), "{}");
    }

    ReleaseDatabase database = sweeping();
    put(database, release(3));
    int left = records().size();
    put(database, release(3));
    int leftThen = records().size();
    put(database, release(3));

    assertEquals(3 + 2 + 130 - 100, left);
    assertEquals(3 + 1, leftThen, "and the one that was replaced just now");
    assertEquals(3 + 2, records().size(), "the next sweep is an hour away");
  }

  @Test
  void sweepThatFails_isNoFailureOfTheCommit() {
    ExecutionInterceptor refusing =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof DeleteObjectRequest
                && ((DeleteObjectRequest) context.request()).key().startsWith(RECORDS)) {
              throw SdkClientException.create("No deletion today");
            }
          }
        };

    put(sweeping(refusing), release(3));

    assertEquals(
        Content.of(List.of(APP), List.of(release(1, "changed"), release(3))),
        content(bucket.database()));
    assertEquals(5, records().size());
  }

  /** A reader has the root, then everything it names is replaced and swept. */
  @Test
  void readerWhoseObjectsAreSweptUnderItsHands_readsTheNewerRoot() {
    ExecutionInterceptor slow =
        new ExecutionInterceptor() {
          private boolean isDone;

          @Override
          public synchronized void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (!isDone
                && context.request() instanceof GetObjectRequest
                && ((GetObjectRequest) context.request()).key().startsWith(RECORDS)) {
              isDone = true;
              put(sweeping(), release(1, "newer"));
              put(bucket.later(UNTIL_EVERYTHING_IS_OLD.multipliedBy(2)).build(), release(3));
            }
          }
        };
    ReleaseDatabase reader = bucket.database(slow);

    assertEquals(release(1, "newer"), releases(reader).findRelease(releaseId(1)).orElseThrow());
    assertEquals(0, releases(reader).snapshot().unreadable());
  }
}
