package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.ReleaseSamples.APP;
import static dev.hotupdater.s3.database.ReleaseSamples.commit;
import static dev.hotupdater.s3.database.ReleaseSamples.content;
import static dev.hotupdater.s3.database.ReleaseSamples.put;
import static dev.hotupdater.s3.database.ReleaseSamples.release;
import static dev.hotupdater.s3.database.ReleaseSamples.releaseId;
import static dev.hotupdater.s3.database.ReleaseSamples.releases;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.release.Release;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import dev.hotupdater.s3.database.ReleaseSamples.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many deployers at once, each with a database and a client of its own. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3ReleasesConcurrencyTest {
  private static final int COMMITS = 100;
  private static final int INSTANCES = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration UNTIL_EVERYTHING_IS_OLD = Duration.ofHours(25);

  private static MetadataServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Test
  void commits_ofManyInstances_loseNothing() throws Exception {
    MetadataTestBucket bucket = server.bucket();
    List<ReleaseDatabase> instances = new ArrayList<>();
    List<RequestTap> taps = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      RequestTap tap = new RequestTap();
      taps.add(tap);
      instances.add(bucket.builder(tap).commitTimeout(PATIENCE).build());
    }
    commit(instances.get(0), ReleaseWrite.create(APP), ReleaseWrite.create(release(0, "")));
    AtomicInteger conflicts = new AtomicInteger();
    List<Release> expected = new ArrayList<>();
    List<Callable<Void>> work = new ArrayList<>();
    for (int number = 1; number <= COMMITS; number++) {
      ReleaseDatabase database = instances.get(number % INSTANCES);
      if (number % 2 == 0) {
        Release created = release(number);
        expected.add(created);
        work.add(
            () -> {
              commit(database, ReleaseWrite.create(created));
              return null;
            });
      } else {
        String addition = " " + number + " ";
        work.add(
            () -> {
              append(releases(database), addition, conflicts);
              return null;
            });
      }
    }

    runAll(work);

    Release shared = releases(bucket.database()).findRelease(releaseId(0)).orElseThrow();
    for (int number = 1; number <= COMMITS; number += 2) {
      assertEquals(1, shared.notes().split(" " + number + " ", -1).length - 1, shared.notes());
    }
    expected.add(shared);
    assertEquals(Content.of(List.of(APP), expected), content(bucket.database()));
    for (ReleaseDatabase instance : instances) {
      assertEquals(Content.of(List.of(APP), expected), content(instance));
    }
    System.out.printf(
        "S3ReleasesConcurrencyTest: %d commits by %d instances, %d refused writes (412), %d write"
            + " conflicts, %d requests%n",
        COMMITS,
        INSTANCES,
        taps.stream().mapToInt(RequestTap::refused).sum(),
        conflicts.get(),
        taps.stream().mapToInt(tap -> tap.take().size()).sum());
  }

  /** Each writer is a new process, which sweeps, and takes everything for old enough. */
  @Test
  void snapshots_whileOthersReplaceAndSweep_areWhole() throws Exception {
    MetadataTestBucket bucket = server.bucket();
    commit(bucket.database(), ReleaseWrite.create(APP));
    put(bucket.database(), release(1, "0"), release(2, "0"), release(3, "0"));
    List<Callable<Void>> work = new ArrayList<>();
    work.add(
        () -> {
          for (int i = 1; i <= 30; i++) {
            String notes = "" + i;
            put(
                bucket.later(UNTIL_EVERYTHING_IS_OLD.multipliedBy(i)).build(),
                release(1, notes),
                release(2, notes),
                release(3, notes));
          }
          return null;
        });
    for (int reader = 0; reader < 2; reader++) {
      work.add(
          () -> {
            String seen = "";
            while (!seen.equals("30")) {
              ReleaseSnapshot snapshot = releases(bucket.database()).snapshot();
              assertEquals(0, snapshot.unreadable());
              assertEquals(3, snapshot.releases().size());
              assertEquals(1, snapshot.releases().stream().map(Release::notes).distinct().count());
              seen = snapshot.releases().get(0).notes();
            }
            return null;
          });
    }

    runAll(work);

    assertEquals(3, content(bucket.database()).releases().size());
  }

  private static void append(ReleaseStore store, String addition, AtomicInteger conflicts) {
    while (true) {
      Release current = store.findRelease(releaseId(0)).orElseThrow();
      Release next = current.toBuilder().notes(current.notes() + addition).build();
      try {
        store.commit(List.of(ReleaseWrite.replace(next, current)));
        return;
      } catch (ReleaseConflictException e) {
        conflicts.incrementAndGet();
      }
    }
  }

  private static void runAll(List<Callable<Void>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(INSTANCES * 2);
    try {
      for (Future<Void> result : threads.invokeAll(work)) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
