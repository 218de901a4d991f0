package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.MetadataSamples.bundle;
import static dev.hotupdater.s3.database.MetadataSamples.bundles;
import static dev.hotupdater.s3.database.MetadataSamples.byId;
import static dev.hotupdater.s3.database.MetadataSamples.put;
import static dev.hotupdater.s3.database.MetadataSamples.store;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.WriteConflictException;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
class S3DatabaseConcurrencyTest {
  private static final int COMMITS = 100;
  private static final int INSTANCES = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static MetadataServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  /** A deployer. */
  private record Instance(Database database, RequestTap tap) {
    static Instance on(MetadataTestBucket bucket, Duration repairDelay) {
      RequestTap tap = new RequestTap();
      return new Instance(
          bucket.builder(tap).commitTimeout(PATIENCE).repairDelay(repairDelay).build(), tap);
    }
  }

  @Test
  void commits_ofManyInstances_loseNothing() throws Exception {
    deployAtOnce("patient", Duration.ofSeconds(3));
  }

  /** Writers that take each other's commits for abandoned at once, and finish them together. */
  @Test
  void commits_ofInstancesThatRepairAtOnce_loseNothing() throws Exception {
    deployAtOnce("impatient", Duration.ZERO);
  }

  private static void deployAtOnce(String name, Duration repairDelay) throws Exception {
    MetadataTestBucket bucket = server.bucket();
    List<Instance> instances = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      instances.add(Instance.on(bucket, repairDelay));
    }
    put(instances.get(0).database(), bundle(0, "1.x"));
    AtomicInteger conflicts = new AtomicInteger();
    List<Bundle> expected = new ArrayList<>();
    List<Callable<Void>> work = new ArrayList<>();
    for (int number = 1; number <= COMMITS; number++) {
      Bundle created = bundle(number, number % 3 + ".x");
      BundleStore store = store(instances.get(number % INSTANCES).database());
      String addition = " " + number + " ";
      if (number % 2 == 0) {
        expected.add(created);
        work.add(
            () -> {
              store.commit(List.of(BundleWrite.put(created)));
              return null;
            });
      } else {
        work.add(
            () -> {
              append(store, addition, conflicts);
              return null;
            });
      }
    }

    long start = System.nanoTime();
    runAll(work);
    long millis = (System.nanoTime() - start) / 1_000_000;

    Bundle shared = store(bucket.database()).find(bundle(0, "1.x").id()).orElseThrow();
    String message = shared.message().orElseThrow();
    for (int number = 1; number <= COMMITS; number += 2) {
      assertEquals(1, message.split(" " + number + " ", -1).length - 1, message);
    }
    expected.add(shared);
    assertEquals(byId(expected), bundles(bucket.database()));
    bucket.delete(".hotupdater/journal.json");
    assertEquals(byId(expected), bundles(bucket.database()), "the objects say the same");
    System.out.printf(
        "S3DatabaseConcurrencyTest, %s: %d commits by %d instances in %d ms, %d refused writes"
            + " (412), %d write conflicts, %d requests%n",
        name,
        COMMITS,
        INSTANCES,
        millis,
        instances.stream().mapToInt(instance -> instance.tap().refused()).sum(),
        conflicts.get(),
        instances.stream().mapToInt(instance -> instance.tap().take().size()).sum());
  }

  private static void append(BundleStore store, String addition, AtomicInteger conflicts) {
    while (true) {
      Bundle current = store.find(bundle(0, "1.x").id()).orElseThrow();
      Bundle next =
          current.toBuilder().message(Optional.of(current.message().orElse("") + addition)).build();
      try {
        store.commit(List.of(BundleWrite.replace(next, BundleRevision.of(current))));
        return;
      } catch (WriteConflictException e) {
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
