package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.ReleaseSamples.app;
import static dev.hotupdater.mongo.ReleaseSamples.release;
import static dev.hotupdater.mongo.ReleaseSamples.releaseId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.database.ReleaseDelta;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.mongo.WireProxy.Fate;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writers of releases without transactions that die, or stand still, at any of their writes. */
class ReleaseCrashTest {
  private static final State BEFORE =
      new State(
          Set.of(app(1, "first"), app(2, "second")),
          Set.of(
              release(1, "1.0.0", "before"),
              release(2, "1.1.0", "before"),
              release(3, "1.2.0", "before")));

  /** Two apps and two releases exchange their names, one release goes, and one comes. */
  private static final List<ReleaseWrite> COMMIT =
      List.of(
          ReleaseWrite.replace(app(1, "second"), app(1, "first")),
          ReleaseWrite.replace(app(2, "first"), app(2, "second")),
          ReleaseWrite.put(release(1, "1.1.0", "after")),
          ReleaseWrite.put(release(2, "1.0.0", "after")),
          ReleaseWrite.delete(release(3, "1.2.0", "before")),
          ReleaseWrite.create(release(4, "1.2.0", "after")));

  private static final State AFTER =
      new State(
          Set.of(app(1, "second"), app(2, "first")),
          Set.of(
              release(1, "1.1.0", "after"),
              release(2, "1.0.0", "after"),
              release(4, "1.2.0", "after")));

  private final TestServer server = TestServer.start();

  private record State(Set<App> apps, Set<Release> releases) {
    static State of(ReleaseSnapshot snapshot) {
      assertEquals(0, snapshot.unreadable());
      return new State(new HashSet<>(snapshot.apps()), new HashSet<>(snapshot.releases()));
    }

    State with(Release release) {
      Set<Release> all = new HashSet<>(releases);
      all.add(release);
      return new State(apps, all);
    }

    Optional<Release> release(int number) {
      return releases.stream()
          .filter(release -> release.id().equals(releaseId(number)))
          .findFirst();
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ReleaseStore store(String name) {
    return MongoBundleDatabase.create(server.client(), name).releases(RequestContext.none());
  }

  private State state(String name) {
    return State.of(store(name).snapshot());
  }

  private String prepared() {
    String name = server.emptied();
    BEFORE.apps().forEach(app -> store(name).commit(List.of(ReleaseWrite.create(app))));
    store(name).commit(BEFORE.releases().stream().map(ReleaseWrite::create).toList());
    return name;
  }

  private void commitThrough(WireProxy proxy, String name) {
    MongoBundleDatabase.builder(server.client(proxy.port()), name)
        .timeout(Duration.ofSeconds(5))
        .build()
        .releases(RequestContext.none())
        .commit(COMMIT);
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
    assertEquals(AFTER, state(name));
    assertClean(name);
    return writes.get();
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

  /** No commit is under way, and the documents are the records and nothing else. */
  private void assertClean(String name) {
    State state = state(name);
    assertEquals(state.apps().size(), count(name, ReleaseTable.APPS, new Document()));
    assertEquals(state.releases().size(), count(name, ReleaseTable.RELEASES, new Document()));
    for (ReleaseTable table : ReleaseTable.values()) {
      assertEquals(
          0, count(name, table, new Document(Fields.TENTATIVE, new Document("$exists", 1))));
    }
    assertEquals(Optional.empty(), access(name).head().pending());
  }

  private long count(String name, NamedCollection table, Document filter) {
    return server.database(name).getCollection(table.collection()).countDocuments(filter);
  }

  private Access access(String name) {
    return Access.of(server.database(name)).to(Journal.RELEASES);
  }

  @ParameterizedTest
  @EnumSource(names = {"IS_LOST", "IS_NOT_ANSWERED"})
  void writer_thatDiesAtAnyWrite_leavesAllOrNothingAndTheNextCompletesIt(Fate fate) {
    int writes = countWrites();
    assertTrue(writes > 4, "writes: " + writes);
    int completed = 0;
    for (int fatal = 1; fatal <= writes; fatal++) {
      String name = prepared();
      ReleaseSnapshot before = store(name).snapshot();
      Optional<String> fingerprint = store(name).fingerprint();
      dieAt(fatal, fate, name);

      ReleaseStore fresh = store(name);
      ReleaseSnapshot left = fresh.snapshot();
      boolean committed = !left.revision().equals(before.revision());
      State expected = committed ? AFTER : BEFORE;
      assertEquals(expected, State.of(left), "after write " + fatal);
      assertEquals(committed, !fresh.fingerprint().equals(fingerprint));
      ReleaseDelta delta = fresh.changesSince(before.revision()).orElseThrow();
      assertEquals(committed ? AFTER.releases() : Set.of(), new HashSet<>(delta.releases()));
      assertEquals(committed ? Set.of(releaseId(3)) : Set.of(), delta.absent());
      for (int number = 1; number <= 4; number++) {
        assertEquals(expected.release(number), fresh.findRelease(releaseId(number)));
      }
      completed += committed ? 1 : 0;

      // Whoever commits next is held against what was decided, done or not.
      if (committed) {
        assertThrows(ReleaseConflictException.class, () -> fresh.commit(COMMIT));
        assertThrows(
            AlreadyTakenException.class,
            () -> fresh.commit(List.of(ReleaseWrite.create(release(9, "1.2.0", "next")))));
      }
      Release next = release(9, "2.0.0", "next");
      fresh.commit(List.of(ReleaseWrite.create(next)));

      assertEquals(expected.with(next), state(name), "after write " + fatal);
      assertClean(name);
    }
    System.out.println(
        "ReleaseCrashTest: died at "
            + writes
            + " writes, "
            + fate
            + ": "
            + completed
            + " committed");
    // The first write decides.
    assertEquals(fate == Fate.IS_LOST ? writes - 1 : writes, completed);
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
        boolean decided = store(name).findRelease(releaseId(4)).isPresent();

        // Others go on meanwhile: what was created goes, and another gets its name.
        store(name)
            .commit(
                List.of(
                    ReleaseWrite.delete(releaseId(4)),
                    ReleaseWrite.delete(releaseId(3)),
                    ReleaseWrite.delete(releaseId(2)),
                    ReleaseWrite.put(release(5, "1.2.0", "later"))));
        State expected = state(name);

        goOn.countDown();
        if (decided) {
          commit.get(30, TimeUnit.SECONDS);
        } else {
          // What it expected is no more.
          Exception e = assertThrows(Exception.class, () -> commit.get(30, TimeUnit.SECONDS));
          assertTrue(e.getCause() instanceof ReleaseConflictException, String.valueOf(e));
        }

        assertEquals(expected, state(name), "still at write " + slow);
        assertClean(name);
      } finally {
        goOn.countDown();
        thread.shutdownNow();
      }
    }
  }

  @Test
  void documentOfALateWriterInTheWay_isReplaced() {
    String name = prepared();
    // Between the decision and the first write: a writer of a commit that was finished long ago
    // creates again what has been deleted since.
    AtomicInteger writes = new AtomicInteger();
    try (WireProxy proxy =
        WireProxy.start(
            server.address(),
            () -> {
              if (writes.incrementAndGet() == 2) {
                BsonDocument late = new BsonDocument(Fields.KEY, new BsonObjectId());
                late.putAll(new ReleaseForm().fields(release(4, "1.3.0", "late")));
                late.append(Fields.COMMIT, new BsonString("long ago"))
                    .append(Fields.TENTATIVE, new BsonString("long ago"));
                server
                    .database(name)
                    .getCollection(ReleaseTable.RELEASES.collection(), BsonDocument.class)
                    .insertOne(late);
              }
              return Fate.PASSES;
            })) {
      commitThrough(proxy, name);
    }

    assertEquals(AFTER, state(name));
    assertClean(name);
  }

  @Test
  void commitsOfBundlesAndReleases_doNotWaitForEachOther() {
    String name = prepared();
    Access access = Access.of(server.database(name));
    Pending.decide(access.to(Journal.BUNDLES), List.of());
    store(name).commit(COMMIT);

    assertEquals(AFTER, state(name));
    assertFalse(
        access.first(Table.SETTINGS, Filters.eq(Fields.KEY, "java_releases_revision")).isEmpty());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
