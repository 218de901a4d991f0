package dev.hotupdater.testkit;

import static dev.hotupdater.testkit.SampleBundles.id;
import static dev.hotupdater.testkit.SampleBundles.metadata;
import static dev.hotupdater.testkit.SampleBundles.patches;
import static dev.hotupdater.testkit.SampleBundles.small;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.HintSubscription;
import dev.hotupdater.database.Revision;
import dev.hotupdater.database.WriteConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many readers and writers at once. */
abstract class DatabaseConcurrencyTests extends DatabaseCommitTests {
  private static final int WRITERS = 8;
  private static final int CHANGES = 12;
  private static final int COMMITS = 60;
  private static final int SNAPSHOTS = 60;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @Test
  public void snapshot_whileOthersCommit_neverHasHalfOfACommit() throws Exception {
    Map<Revision, Integer> commitOfRevision = new ConcurrentHashMap<>();
    ConcurrentLinkedQueue<BundleSnapshot> seen = new ConcurrentLinkedQueue<>();
    AtomicBoolean done = new AtomicBoolean();
    commitOfRevision.put(store().revision(), 0);

    List<Callable<Void>> work = new ArrayList<>();
    work.add(
        () -> {
          try {
            for (int commit = 1; commit <= COMMITS || seen.size() < SNAPSHOTS; commit++) {
              store().commit(pair(commit));
              commitOfRevision.put(store().revision(), commit);
              if (done.get()) {
                throw new AssertionError("a reader failed");
              }
            }
          } finally {
            done.set(true);
          }
          return null;
        });
    for (int reader = 0; reader < 3; reader++) {
      work.add(
          () -> {
            try {
              while (!done.get()) {
                seen.add(store().snapshot());
              }
            } finally {
              done.set(true);
            }
            return null;
          });
    }
    runAll(work);

    for (BundleSnapshot snapshot : seen) {
      int commit = assertIsPair(snapshot.bundles());
      Integer commitOfItsRevision = commitOfRevision.get(snapshot.revision());
      assertTrue(
          commitOfItsRevision != null && commit >= commitOfItsRevision,
          "a snapshot is older than its revision");
    }
  }

  /** Two bundles that always change together; every fourth commit removes both. */
  private static List<BundleWrite> pair(int commit) {
    if (commit % 4 == 0) {
      return List.of(BundleWrite.delete(id(1)), BundleWrite.delete(id(2)));
    }
    Optional<String> number = Optional.of(Integer.toString(commit));
    Bundle base = small(1).toBuilder().message(number).build();
    Bundle patched = small(2).toBuilder().message(number).patches(patches(2, 1)).build();
    return List.of(BundleWrite.put(base), BundleWrite.put(patched));
  }

  /** Returns the commit that this is the state of; without bundles, the last that is possible. */
  private static int assertIsPair(List<Bundle> bundles) {
    if (bundles.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    assertEquals(2, bundles.size(), "half of a commit");
    boolean ascending = bundles.get(0).id().equals(id(1));
    Bundle base = bundles.get(ascending ? 0 : 1);
    Bundle patched = bundles.get(ascending ? 1 : 0);
    assertEquals(base.message(), patched.message(), "halves of two commits");
    assertEquals(patches(2, 1), patched.patches(), "a bundle without its patches");
    return Integer.parseInt(base.message().orElseThrow());
  }

  @Test
  public void writers_thatChangeOneBundle_loseNothing() throws Exception {
    put(small(1));

    List<Callable<Void>> work = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String name = "writer-" + writer;
      work.add(
          () -> {
            for (int change = 0; change < CHANGES; change++) {
              String entry = name + "-" + change;
              change(BundleChange.of(bundle -> bundle.mergeMetadata(metadata(entry, "done"))));
            }
            return null;
          });
    }
    runAll(work);

    assertEquals(WRITERS * CHANGES, store().find(id(1)).orElseThrow().metadata().toObject().size());
  }

  /** Changes bundle 1 as a server does for a PATCH: again and again, until nobody was faster. */
  private void change(BundleChange change) {
    while (true) {
      Bundle current = store().find(id(1)).orElseThrow();
      try {
        store()
            .commit(
                List.of(BundleWrite.replace(change.applyTo(current), BundleRevision.of(current))));
        return;
      } catch (WriteConflictException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  public void writers_thatCreateBundles_loseNothing() throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    List<Bundle> expected = new ArrayList<>();
    ConcurrentLinkedQueue<Revision> revisions = new ConcurrentLinkedQueue<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int first = writer * CHANGES;
      for (int number = first; number < first + CHANGES; number++) {
        expected.add(small(number));
      }
      work.add(
          () -> {
            for (int number = first; number < first + CHANGES; number++) {
              put(small(number));
              revisions.add(store().revision());
            }
            return null;
          });
    }
    runAll(work);

    assertStored(expected.toArray(new Bundle[0]));
    assertTrue(revisions.contains(store().revision()), "the revision changed after the commits");
  }

  @Test
  public void writers_thatReplaceTheSameBundles_leaveOneOfTheirCommitsWhole() throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      Optional<String> name = Optional.of("writer " + writer);
      Bundle first = small(1).toBuilder().message(name).build();
      Bundle second = small(2).toBuilder().message(name).patches(patches(2, 1)).build();
      // In either order, which invites deadlocks.
      boolean ascending = writer % 2 == 0;
      work.add(
          () -> {
            for (int change = 0; change < CHANGES; change++) {
              put(ascending ? first : second, ascending ? second : first);
            }
            return null;
          });
    }
    runAll(work);

    List<Bundle> bundles = store().snapshot().bundles();
    assertEquals(2, bundles.size());
    assertEquals(bundles.get(0).message(), bundles.get(1).message());
  }

  static void runAll(List<Callable<Void>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      List<Future<Void>> results = threads.invokeAll(work, LONGEST.toSeconds(), TimeUnit.SECONDS);
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  public void hints_afterTheSubscriptionIsClosed_doNotCome() {
    AtomicInteger hints = new AtomicInteger();
    HintSubscription subscription = database().onChange(hints::incrementAndGet);
    subscription.close();
    subscription.close();
    // A database may give one as soon as somebody listens.
    int before = hints.get();

    put(small(1));

    assertEquals(before, hints.get());
  }

  @Test
  public void hints_whileSubscribed_leaveCommitsAsTheyAre() {
    AtomicInteger hints = new AtomicInteger();
    try (HintSubscription first = database().onChange(hints::incrementAndGet);
        HintSubscription second = database().onChange(hints::incrementAndGet)) {
      put(small(1));
    }

    assertStored(small(1));
  }
}
