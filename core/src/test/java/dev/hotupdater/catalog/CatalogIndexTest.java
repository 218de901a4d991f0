package dev.hotupdater.catalog;

import static dev.hotupdater.fixture.PublishedBundle.archive;
import static dev.hotupdater.fixture.PublishedBundle.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.Revision;
import dev.hotupdater.fixture.RandomRanges;
import dev.hotupdater.fixture.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** States of the catalogue that follow one another, against states that are made from scratch. */
class CatalogIndexTest {
  private static final int IDS = 30;
  private static final String[] CHANNELS = {"production", "beta"};
  private static final String[] PRINTS = {"fp-a", "fp-b"};
  private static final String[] COHORTS = {"1", "500", "1000", "qa", "unknown"};

  private final Random random = Seed.random(CatalogIndexTest.class);

  @Test
  void statesReachedStepByStep_areThoseOfTheirSnapshots() {
    int updates = 0;
    for (int sequence = 0; sequence < 10; sequence++) {
      Map<BundleId, Bundle> state = new HashMap<>();
      CatalogIndex index = CatalogIndex.EMPTY;
      for (int step = 1; step <= 40; step++) {
        Map<BundleId, Bundle> before = new HashMap<>(state);
        Set<BundleId> written = change(state);
        Revision revision = new Revision(sequence + "/" + step);
        CatalogIndex.Step next =
            random.nextBoolean()
                ? index.next(snapshot(revision, state))
                : index.next(delta(revision, state, written));

        assertEquals(revision, next.index().revision());
        assertIsDifference(before, state, next.change());
        assertSameInstances(before, state, index, next.index());
        updates += assertDecidesLike(CatalogIndex.of(snapshot(revision, state)), next.index());
        index = next.index();
      }
    }
    assertTrue(updates > 500, "only " + updates + " updates");
  }

  /** Changes, adds and removes bundles; returns the ids that were written. */
  private Set<BundleId> change(Map<BundleId, Bundle> state) {
    Set<BundleId> written = new HashSet<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      int number = 1 + random.nextInt(IDS);
      written.add(id(number));
      switch (random.nextInt(4)) {
        case 0 -> state.remove(id(number));
        case 1 -> state.computeIfPresent(id(number), (key, bundle) -> edited(bundle));
        case 2 -> state.computeIfPresent(id(number), (key, bundle) -> copy(bundle));
        default -> state.put(id(number), bundle(number));
      }
    }
    return written;
  }

  private Bundle bundle(int number) {
    boolean byVersion = random.nextInt(4) > 0;
    return archive(number)
        .platform(Platform.values()[random.nextInt(2)])
        .channel(pick(CHANNELS))
        .enabled(random.nextInt(5) > 0)
        .targetAppVersion(byVersion ? Optional.of(RandomRanges.next(random)) : Optional.empty())
        .fingerprintHash(
            byVersion && random.nextInt(4) > 0 ? Optional.empty() : Optional.of(pick(PRINTS)))
        .rollout(Rollout.of(new int[] {0, 1, 500, 1000, 1000}[random.nextInt(5)]))
        .targetCohorts(
            random.nextInt(4) == 0 ? Optional.of(List.of(Cohort.of("qa"))) : Optional.empty())
        .build();
  }

  private Bundle edited(Bundle bundle) {
    Bundle.Builder builder = bundle.toBuilder();
    return switch (random.nextInt(4)) {
      case 0 -> builder.enabled(!bundle.enabled()).build();
      case 1 -> builder.channel(pick(CHANNELS)).build();
      case 2 -> builder.platform(Platform.values()[random.nextInt(2)]).build();
      default -> builder.message(Optional.of("message " + random.nextInt(3))).build();
    };
  }

  /** Databases read each bundle into a new object. */
  private static Bundle copy(Bundle bundle) {
    return bundle.toBuilder().build();
  }

  private BundleSnapshot snapshot(Revision revision, Map<BundleId, Bundle> state) {
    List<Bundle> bundles =
        new ArrayList<>(state.values().stream().map(CatalogIndexTest::copy).toList());
    Collections.shuffle(bundles, random);
    return BundleSnapshot.of(revision, bundles);
  }

  /** A delta may name more than what has changed. */
  private BundleDelta delta(Revision revision, Map<BundleId, Bundle> state, Set<BundleId> written) {
    Set<BundleId> named = new HashSet<>(written);
    for (int i = random.nextInt(4); i > 0; i--) {
      named.add(id(1 + random.nextInt(IDS)));
    }
    List<Bundle> present = new ArrayList<>();
    Set<BundleId> absent = new HashSet<>();
    for (BundleId id : named) {
      Bundle bundle = state.get(id);
      if (bundle == null) {
        absent.add(id);
      } else {
        present.add(copy(bundle));
      }
    }
    return new BundleDelta(revision, present, absent);
  }

  private static void assertIsDifference(
      Map<BundleId, Bundle> before, Map<BundleId, Bundle> after, CatalogChange change) {
    Set<Bundle> gone = new HashSet<>(before.values());
    gone.removeAll(after.values());
    Set<Bundle> come = new HashSet<>(after.values());
    come.removeAll(before.values());
    assertEquals(gone, new HashSet<>(change.before()));
    assertEquals(come, new HashSet<>(change.after()));
    assertEquals(gone.size(), change.before().size());
    assertEquals(come.size(), change.after().size());
    assertEquals(gone.isEmpty() && come.isEmpty(), change.isEmpty());
  }

  private static void assertSameInstances(
      Map<BundleId, Bundle> before,
      Map<BundleId, Bundle> after,
      CatalogIndex old,
      CatalogIndex next) {
    for (int number = 1; number <= IDS; number++) {
      BundleId id = id(number);
      Optional<Bundle> found = next.find(id);
      assertEquals(Optional.ofNullable(after.get(id)), found);
      if (found.isPresent() && found.equals(Optional.ofNullable(before.get(id)))) {
        assertSame(old.find(id).orElseThrow(), found.get());
      }
    }
  }

  private int assertDecidesLike(CatalogIndex fresh, CatalogIndex index) {
    int updates = 0;
    for (int i = 0; i < 50; i++) {
      UpdateCheck check = check();
      UpdateDecision decision = index.decide(check);
      assertEquals(fresh.decide(check), decision);
      if (decision instanceof UpdateDecision.Update) {
        Bundle decided = ((UpdateDecision.Update) decision).bundle();
        assertSame(index.find(decided.id()).orElseThrow(), decided);
        updates++;
      }
    }
    return updates;
  }

  private UpdateCheck check() {
    Platform platform = Platform.values()[random.nextInt(2)];
    String version = random.nextInt(4) + "." + random.nextInt(4) + "." + random.nextInt(4);
    return (random.nextInt(4) > 0
            ? UpdateCheck.ofAppVersion(platform, version)
            : UpdateCheck.ofFingerprint(platform, pick(PRINTS)))
        .channel(pick(CHANNELS))
        .bundleId(random.nextBoolean() ? BundleId.NIL : id(random.nextInt(IDS + 2)))
        .minBundleId(random.nextInt(3) > 0 ? BundleId.NIL : id(random.nextInt(IDS)))
        .cohort(random.nextInt(3) == 0 ? Optional.empty() : Optional.of(Cohort.of(pick(COHORTS))))
        .build();
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }
}
