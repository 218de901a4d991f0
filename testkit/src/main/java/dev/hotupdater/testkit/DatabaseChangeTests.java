package dev.hotupdater.testkit;

import static dev.hotupdater.testkit.SampleBundles.complete;
import static dev.hotupdater.testkit.SampleBundles.id;
import static dev.hotupdater.testkit.SampleBundles.patches;
import static dev.hotupdater.testkit.SampleBundles.small;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What a database says about changes, where it says anything: with it a reader has the same bundles
 * as one that reads them all.
 */
abstract class DatabaseChangeTests extends DatabaseConcurrencyTests {
  private static final int RANDOM_COMMITS = 120;
  private static final int PAIRS = 4;
  private static final int COMMITS_PER_PAIR = 24;

  /** The bundles that a reader knows, and which revision it has them from. */
  private record Known(Revision revision, Map<BundleId, Bundle> bundles) {
    static Known of(BundleSnapshot snapshot) {
      return new Known(snapshot.revision(), byId(snapshot.bundles()));
    }

    Known after(BundleDelta delta) {
      Map<BundleId, Bundle> next = byId(bundles.values());
      next.keySet().removeAll(delta.absent());
      next.putAll(byId(delta.present()));
      return new Known(delta.revision(), next);
    }
  }

  /** What a reader knows after it has asked, by the shortest way that the database has. */
  private Known refreshed(Known known) {
    return store()
        .changesSince(known.revision())
        .map(known::after)
        .orElseGet(() -> Known.of(store().snapshot()));
  }

  @Test
  public void changesSince_afterRandomCommits_leadToTheSnapshot(TestInfo test) {
    long seed = seed(test);
    Random random = new Random(seed);
    RandomCommits commits = new RandomCommits(random);
    List<Known> history = new ArrayList<>(List.of(Known.of(store().snapshot())));
    Known follower = history.get(0);

    for (int i = 0; i < RANDOM_COMMITS; i++) {
      store().commit(commits.next());

      Map<BundleId, Bundle> expected = byId(commits.bundles());
      String message = "after commit " + i + " of seed " + seed;
      if (random.nextBoolean()) {
        follower = refreshed(follower);
        assertEquals(expected, follower.bundles(), message);
      }
      Known earlier = history.get(random.nextInt(history.size()));
      assertEquals(expected, refreshed(earlier).bundles(), message);
      history.add(Known.of(store().snapshot()));
    }
    for (Known earlier : history) {
      assertEquals(byId(commits.bundles()), refreshed(earlier).bundles(), "of seed " + seed);
    }
  }

  @Test
  public void changesSince_theDeletionOfABase_haveTheBundlesThatLostAPatch() {
    put(small(1), small(2), complete(8, 1, 2), complete(9, 1));
    Known before = Known.of(store().snapshot());

    store().commit(List.of(BundleWrite.delete(id(1))));

    assertEquals(byId(List.of(small(2), complete(8, 2), complete(9))), refreshed(before).bundles());
  }

  @Test
  public void changesSince_aBaseWasDeletedAndCreatedAgain_haveTheBundlesThatLostAPatch() {
    put(small(1), complete(9, 1));
    Known before = Known.of(store().snapshot());

    store().commit(List.of(BundleWrite.delete(id(1)), BundleWrite.put(complete(1))));

    assertEquals(byId(List.of(complete(1), complete(9))), refreshed(before).bundles());
  }

  @Test
  public void changesSince_oneVeryLargeCommit_leadToTheSnapshot() {
    put(small(1), complete(9, 1));
    Known before = Known.of(store().snapshot());
    List<Bundle> bundles = new ArrayList<>();
    for (int number = 20; number < 720; number++) {
      bundles.add(small(number));
    }

    put(bundles.toArray(new Bundle[0]));
    Known afterwards = refreshed(before);
    store().commit(List.of(BundleWrite.delete(id(1))));

    bundles.add(complete(9));
    assertEquals(byId(bundles), refreshed(before).bundles());
    assertEquals(byId(bundles), refreshed(afterwards).bundles());
  }

  @Test
  public void changesSince_theCurrentRevision_changeNothing() {
    Known empty = Known.of(store().snapshot());
    assertEquals(Map.of(), refreshed(empty).bundles());

    put(small(1), complete(2, 1));

    Known current = Known.of(store().snapshot());
    assertEquals(current, refreshed(current));
  }

  @Test
  public void changesSince_anUnknownRevision_areUnknownOrEverything() {
    put(small(1), complete(2, 1));

    Optional<BundleDelta> delta = store().changesSince(new Revision("nobody's revision"));

    delta.ifPresent(all -> assertEquals(byId(store().snapshot().bundles()), byId(all.present())));
  }

  @Test
  public void changesSince_whileOthersCommit_neverHaveHalfOfACommitAndLoseNothing()
      throws Exception {
    AtomicInteger writing = new AtomicInteger(PAIRS);
    List<Callable<Void>> work = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      int first = 2 * pair;
      work.add(
          () -> {
            try {
              for (int commit = 1; commit <= COMMITS_PER_PAIR; commit++) {
                store().commit(pair(first, commit));
              }
            } finally {
              writing.decrementAndGet();
            }
            return null;
          });
    }
    for (int reader = 0; reader < 2; reader++) {
      work.add(
          () -> {
            Known known = Known.of(store().snapshot());
            while (writing.get() > 0) {
              known = refreshed(known);
              assertPairs(known.bundles());
            }
            assertEquals(byId(store().snapshot().bundles()), refreshed(known).bundles());
            return null;
          });
    }
    runAll(work);
  }

  /** Two bundles that always change together; every fourth commit removes both. */
  private static List<BundleWrite> pair(int first, int commit) {
    int second = first + 1;
    if (commit % 4 == 0) {
      return List.of(BundleWrite.delete(id(first)), BundleWrite.delete(id(second)));
    }
    Optional<String> number = Optional.of(Integer.toString(commit));
    Bundle base = small(first).toBuilder().message(number).build();
    Bundle patched =
        small(second).toBuilder().message(number).patches(patches(second, first)).build();
    return List.of(BundleWrite.put(base), BundleWrite.put(patched));
  }

  private static void assertPairs(Map<BundleId, Bundle> bundles) {
    for (int first = 0; first < 2 * PAIRS; first += 2) {
      Optional<Bundle> base = Optional.ofNullable(bundles.get(id(first)));
      Optional<Bundle> patched = Optional.ofNullable(bundles.get(id(first + 1)));
      assertEquals(
          base.flatMap(Bundle::message), patched.flatMap(Bundle::message), "half of a commit");
      assertEquals(
          base.isPresent() ? patches(first + 1, first) : List.of(),
          patched.map(Bundle::patches).orElse(List.of()),
          "a bundle without its patches");
    }
  }

  @Test
  public void fingerprint_changesWithEveryCommitThatChangesABundle(TestInfo test) {
    long seed = seed(test);
    RandomCommits commits = new RandomCommits(new Random(seed));
    Collection<Bundle> bundles = commits.bundles();
    Optional<String> fingerprint = store().fingerprint();

    for (int i = 0; i < RANDOM_COMMITS; i++) {
      store().commit(commits.next());

      Optional<String> next = store().fingerprint();
      String message = "commit " + i + " of seed " + seed;
      assertEquals(fingerprint.isPresent(), next.isPresent(), message);
      if (next.isPresent() && !byId(bundles).equals(byId(commits.bundles()))) {
        assertNotEquals(fingerprint, next, message);
      }
      bundles = commits.bundles();
      fingerprint = next;
    }
  }

  @Test
  public void fingerprint_withoutCommit_staysTheSame() {
    put(small(1), complete(2, 1));
    Optional<String> fingerprint = store().fingerprint();

    store().find(id(1));
    store().snapshot();
    store().channels();
    database().check();

    assertEquals(fingerprint, store().fingerprint());
  }

  @Test
  public void fingerprint_ofEmptyDatabase_staysTheSame() {
    assertEquals(store().fingerprint(), store().fingerprint());
  }
}
