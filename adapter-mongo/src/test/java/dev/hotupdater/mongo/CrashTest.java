package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.Samples.bundle;
import static dev.hotupdater.mongo.Samples.byId;
import static dev.hotupdater.mongo.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.mongo.WireProxy.Fate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writers without transactions that die, or stand still, at any of their writes. */
class CrashTest {
  private static final Map<BundleId, Bundle> BEFORE =
      byId(
          List.of(
              bundle(1, "before"),
              bundle(2, "before"),
              bundle(3, "before", 1, 2),
              bundle(4, "before", 1)));

  private static final Map<BundleId, Bundle> AFTER =
      byId(
          List.of(
              bundle(2, "after"),
              withPatchesOf(bundle(3, "before"), bundle(3, "before", 2)),
              bundle(4, "after", 2),
              bundle(5, "after", 4, 2),
              bundle(6, "after")));

  private static final List<BundleWrite> COMMIT =
      List.of(
          BundleWrite.delete(id(1)),
          BundleWrite.put(bundle(2, "after")),
          BundleWrite.put(bundle(4, "after", 2)),
          BundleWrite.put(bundle(5, "after", 4, 2)),
          BundleWrite.put(bundle(6, "after")));

  private final TestServer server = TestServer.start();

  private static Bundle withPatchesOf(Bundle bundle, Bundle other) {
    return bundle.toBuilder().patches(other.patches()).build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private BundleStore store(String name) {
    return MongoBundleDatabase.create(server.client(), name).bundles(RequestContext.none());
  }

  private String prepared() {
    String name = server.emptied();
    store(name).commit(BEFORE.values().stream().map(BundleWrite::put).toList());
    return name;
  }

  @ParameterizedTest
  @EnumSource(names = {"IS_LOST", "IS_NOT_ANSWERED"})
  void writer_thatDiesAtAnyWrite_leavesAllOrNothingAndTheNextCompletesIt(Fate fate) {
    int writes = countWrites();
    assertTrue(writes > 6, "writes: " + writes);
    int completed = 0;
    for (int fatal = 1; fatal <= writes; fatal++) {
      String name = prepared();
      BundleSnapshot before = store(name).snapshot();
      dieAt(fatal, fate, name);

      BundleStore fresh = store(name);
      BundleSnapshot left = fresh.snapshot();
      boolean committed = !left.revision().equals(before.revision());
      Map<BundleId, Bundle> expected = committed ? AFTER : BEFORE;
      assertEquals(expected, byId(left.bundles()), "after write " + fatal);
      assertFound(expected, fresh);
      assertEquals(
          committed, fresh.changesSince(before.revision()).orElseThrow().present().size() > 0);
      completed += committed ? 1 : 0;

      fresh.commit(List.of(BundleWrite.put(bundle(9, "next"))));

      Map<BundleId, Bundle> next = new HashMap<>(expected);
      next.put(id(9), bundle(9, "next"));
      assertEquals(next, byId(store(name).snapshot().bundles()), "after write " + fatal);
      assertClean(
          name, next.size(), next.values().stream().mapToInt(b -> b.patches().size()).sum());
      fresh.commit(COMMIT);
      next = new HashMap<>(AFTER);
      next.put(id(9), bundle(9, "next"));
      assertEquals(next, byId(store(name).snapshot().bundles()), "repeated after write " + fatal);
    }
    System.out.println(
        "CrashTest: died at " + writes + " writes, " + fate + ": " + completed + " committed");
    // The first write decides.
    assertEquals(fate == Fate.IS_LOST ? writes - 1 : writes, completed);
  }

  private int countWrites() {
    String name = prepared();
    AtomicInteger writes = new AtomicInteger();
    try (WireProxy proxy =
        WireProxy.start(
            server.address(),
            () -> {
              writes.incrementAndGet();
              return Fate.PASSES;
            })) {
      commitThrough(proxy, name);
    }
    assertEquals(AFTER, byId(store(name).snapshot().bundles()));
    return writes.get();
  }

  private void commitThrough(WireProxy proxy, String name) {
    MongoBundleDatabase.builder(server.client(proxy.port()), name)
        .timeout(Duration.ofSeconds(5))
        .build()
        .bundles(RequestContext.none())
        .commit(COMMIT);
  }

  private void dieAt(int fatal, Fate fate, String name) {
    AtomicInteger writes = new AtomicInteger();
    try (WireProxy proxy =
        WireProxy.start(
            server.address(),
            () -> {
              int number = writes.incrementAndGet();
              // The driver may try again, but the writer is dead.
              return number < fatal ? Fate.PASSES : number == fatal ? fate : Fate.IS_LOST;
            })) {
      assertThrows(DatabaseUnavailableException.class, () -> commitThrough(proxy, name));
    }
  }

  private static void assertFound(Map<BundleId, Bundle> expected, BundleStore store) {
    for (int number = 1; number <= 9; number++) {
      assertEquals(Optional.ofNullable(expected.get(id(number))), store.find(id(number)));
    }
  }

  /** What the Node server sees is what this library sees. */
  private void assertClean(String name, int bundles, int patches) {
    var database = server.database(name);
    assertEquals(bundles, database.getCollection("bundles").countDocuments());
    assertEquals(patches, database.getCollection("bundle_patches").countDocuments());
    Document head =
        database
            .getCollection("private_hot_updater_settings")
            .find(Filters.eq("_id", Head.KEY))
            .first();
    assertFalse(head == null || head.containsKey("pending"), "a commit is not finished");
    for (String collection : List.of("bundles", "bundle_patches")) {
      assertEquals(
          0, database.getCollection(collection).countDocuments(Filters.exists(Fields.TENTATIVE)));
    }
  }

  @Test
  void writer_thatStandsStillAtAnyWrite_doesNoHarmWhenItGoesOn() throws Exception {
    int writes = countWrites();
    for (int slow = 1; slow <= writes; slow++) {
      String name = prepared();
      CountDownLatch still = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      AtomicInteger number = new AtomicInteger();
      int slowest = slow;
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try (WireProxy proxy =
          WireProxy.start(
              server.address(),
              () -> {
                if (number.incrementAndGet() == slowest) {
                  still.countDown();
                  await(goOn);
                }
                return Fate.PASSES;
              })) {
        Future<?> commit = thread.submit(() -> commitThrough(proxy, name));
        assertTrue(still.await(20, TimeUnit.SECONDS));
        boolean decided = !store(name).find(id(6)).equals(Optional.empty());

        // Others go on meanwhile: everything is deleted, and a part of it made anew.
        store(name)
            .commit(
                List.of(
                    BundleWrite.delete(id(4)),
                    BundleWrite.delete(id(5)),
                    BundleWrite.delete(id(2))));
        store(name).commit(List.of(BundleWrite.put(bundle(2, "later"))));
        Map<BundleId, Bundle> expected = byId(store(name).snapshot().bundles());

        goOn.countDown();
        commit.get();

        Map<BundleId, Bundle> found = byId(store(name).snapshot().bundles());
        if (decided) {
          assertEquals(expected, found, "still at write " + slow);
        } else {
          assertEquals(
              Optional.of("after"),
              Optional.ofNullable(found.get(id(5))).flatMap(Bundle::message),
              "still at write " + slow);
        }
        assertClean(
            name, found.size(), found.values().stream().mapToInt(b -> b.patches().size()).sum());
      } finally {
        goOn.countDown();
        thread.shutdownNow();
      }
    }
  }

  @Test
  void bundleThatOtherSoftwareCreatesMeanwhile_isWrittenInto() {
    String name = prepared();
    AtomicInteger writes = new AtomicInteger();
    try (WireProxy proxy =
        WireProxy.start(
            server.address(),
            () -> {
              if (writes.incrementAndGet() == 2) {
                server
                    .database(name)
                    .getCollection("bundles")
                    .insertOne(
                        new Document("id", id(5).toString())
                            .append("platform", "android")
                            .append("reviewed_by", "somebody"));
              }
              return Fate.PASSES;
            })) {
      commitThrough(proxy, name);
    }

    assertEquals(AFTER, byId(store(name).snapshot().bundles()));
    assertClean(name, AFTER.size(), 4);
    assertEquals(
        1,
        server
            .database(name)
            .getCollection("bundles")
            .countDocuments(Filters.eq("reviewed_by", "somebody")));
  }

  @Test
  void writerWithAShortTimeout_completesWhatOneThatDiedHasLeft() {
    String name = prepared();
    Pending.decide(Access.of(server.database(name)), COMMIT);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);

    while (!commitsInTime(name)) {
      assertTrue(System.nanoTime() < end, "the commit is never completed");
    }

    Map<BundleId, Bundle> expected = new HashMap<>(AFTER);
    expected.put(id(9), bundle(9, "next"));
    assertEquals(expected, byId(store(name).snapshot().bundles()));
    assertClean(name, expected.size(), 4);
  }

  /** Commits as a server that has just been started; a slow machine may need several attempts. */
  private boolean commitsInTime(String name) {
    try {
      MongoBundleDatabase.builder(server.client(), name)
          .timeout(Duration.ofMillis(300))
          .build()
          .bundles(RequestContext.none())
          .commit(List.of(BundleWrite.put(bundle(9, "next"))));
      return true;
    } catch (DatabaseUnavailableException e) {
      return false;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
