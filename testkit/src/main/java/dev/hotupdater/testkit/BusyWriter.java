package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.catalog.Bundles;
import dev.hotupdater.database.WriteConflictException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * One of many writers. It creates, changes, deletes and re-creates bundles of its own, and in
 * between changes those that all writers share; which comes when is random.
 */
final class BusyWriter {
  /** How often a writer counts in the bundle in which all count. */
  static final int COUNTS = 1;

  private static final int FIELD_CHANGES = 2;
  private static final int FIRST_ID = 100;
  private static final int IDS_PER_WRITER = 4;

  private final int number;
  private final Bundles bundles;
  private final Random random;
  private final Map<BundleId, Bundle> own = new TreeMap<>();
  private int operations;
  private int conflicts;

  BusyWriter(int number, Bundles bundles, long seed) {
    this.number = number;
    this.bundles = bundles;
    random = new Random(seed + number);
  }

  /** What is stored of its own bundles when all writers have ended. */
  Collection<Bundle> own() {
    return own.values();
  }

  int operations() {
    return operations;
  }

  int conflicts() {
    return conflicts;
  }

  /** The numbers of all bundles of all writers, and of those that they share, are below this. */
  static int idsUsed() {
    return FIRST_ID + IDS_PER_WRITER * SharedBundles.WRITERS;
  }

  /** What a writer sets its field of a shared bundle to in the end, less its own number. */
  static int lastValue() {
    return FIELD_CHANGES;
  }

  private int value(int change) {
    return change + number;
  }

  /** Makes all its changes. */
  void run() {
    Deque<Runnable> ownWork = ownWork();
    Deque<Runnable> sharedWork = sharedWork();
    while (!ownWork.isEmpty() || !sharedWork.isEmpty()) {
      boolean isOwn =
          sharedWork.isEmpty()
              || random.nextInt(ownWork.size() + sharedWork.size()) < ownWork.size();
      (isOwn ? ownWork : sharedWork).remove().run();
      operations++;
    }
  }

  private Deque<Runnable> sharedWork() {
    BundleId shared = SharedBundles.idOf(SharedBundles.numberFor(number));
    Deque<Runnable> work = new ArrayDeque<>();
    for (int i = 1; i <= FIELD_CHANGES; i++) {
      int value = value(i);
      work.add(() -> present(bundles.change(shared, SharedBundles.set(number, value))));
    }
    for (int i = 1; i <= COUNTS; i++) {
      int value = i;
      work.add(() -> countUp(value));
    }
    if (number < SharedBundles.DOOMED) {
      work.add(() -> bundles.delete(SharedBundles.idOf(SharedBundles.doomed(number))));
    }
    return work;
  }

  /** A conditional change, again and again until nobody was faster. */
  private void countUp(int value) {
    while (true) {
      Bundle read = present(bundles.find(SharedBundles.counter()));
      try {
        present(
            bundles.change(
                read.id(), SharedBundles.countUp(read, number, value), BundleRevision.of(read)));
        return;
      } catch (WriteConflictException e) {
        conflicts++;
      }
    }
  }

  private Deque<Runnable> ownWork() {
    Bundle base = bundle(0);
    Bundle patched = bundle(1);
    Bundle shortLived = bundle(2);
    Bundle baseAgain = bundle(0);
    int sharedBase = SharedBundles.numberFor(number);
    int doomedBase = SharedBundles.doomed(number);
    Deque<Runnable> work = new ArrayDeque<>();
    work.add(() -> bundles.publish(base));
    work.add(() -> publishPatched(patched, sharedBase, doomedBase));
    work.add(
        () ->
            changeOwn(
                patched.id(),
                BundleChange.of(
                    b ->
                        b.message(Optional.of("by " + number))
                            .rollout(Rollout.of(number))
                            .enabled(!patched.enabled()))));
    work.add(() -> bundles.delete(base.id()));
    work.add(() -> publish(baseAgain));
    work.add(() -> changeExpecting(baseAgain));
    work.add(() -> bundles.publish(List.of(shortLived)));
    work.add(() -> deleteExpecting(shortLived));
    return work;
  }

  private void publish(Bundle bundle) {
    bundles.publish(bundle);
    own.put(bundle.id(), bundle);
  }

  /**
   * Publishes a bundle with patches from a bundle that stays, one that is about to be deleted by
   * another writer, and one that this writer deletes: in the end only the first is left.
   */
  private void publishPatched(Bundle bundle, int sharedBase, int doomedBase) {
    int me = idNumber(1);
    int ownBase = idNumber(0);
    try {
      bundles.publish(
          bundle.toBuilder()
              .patches(SampleBundles.patches(me, doomedBase, sharedBase, ownBase))
              .build());
    } catch (InvalidBundleException e) {
      // The base that another writer deletes was already gone, and it does not come back.
      bundles.publish(
          bundle.toBuilder().patches(SampleBundles.patches(me, sharedBase, ownBase)).build());
    }
    own.put(bundle.id(), bundle.toBuilder().patches(SampleBundles.patches(me, sharedBase)).build());
  }

  private void changeOwn(BundleId id, BundleChange change) {
    present(bundles.change(id, change));
    own.put(id, change.applyTo(present(Optional.ofNullable(own.get(id)))));
  }

  /** Nobody else changes this bundle, so there can be no conflict. */
  private void changeExpecting(Bundle bundle) {
    BundleChange change =
        BundleChange.of(b -> b.targetCohorts(Optional.of(List.of(Cohort.of("qa")))));
    present(
        bundles.change(bundle.id(), change, BundleRevision.of(present(bundles.find(bundle.id())))));
    own.put(bundle.id(), change.applyTo(bundle));
  }

  private void deleteExpecting(Bundle bundle) {
    BundleRevision other =
        BundleRevision.of(bundle.toBuilder().message(Optional.of("never stored")).build());
    assertThrows(WriteConflictException.class, () -> bundles.delete(bundle.id(), other));
    bundles.delete(bundle.id(), BundleRevision.of(present(bundles.find(bundle.id()))));
  }

  private static Bundle present(Optional<Bundle> bundle) {
    return bundle.orElseThrow(() -> new AssertionError("a bundle is gone that nobody deletes"));
  }

  private int idNumber(int index) {
    return FIRST_ID + IDS_PER_WRITER * number + index;
  }

  private Bundle bundle(int index) {
    boolean hasPrint = random.nextInt(4) == 0;
    return CoherenceFixture.bundle(idNumber(index)).toBuilder()
        .platform(random.nextBoolean() ? Platform.IOS : Platform.ANDROID)
        .channel(CheckGrid.CHANNELS.get(random.nextInt(CheckGrid.CHANNELS.size())))
        .enabled(random.nextInt(4) > 0)
        .targetAppVersion(
            hasPrint
                ? Optional.empty()
                : Optional.of(CheckGrid.RANGES.get(random.nextInt(CheckGrid.RANGES.size()))))
        .fingerprintHash(hasPrint ? Optional.of(CheckGrid.FINGERPRINT) : Optional.empty())
        .rollout(Rollout.of(random.nextBoolean() ? Cohort.NUMERIC_COHORTS : random.nextInt(1000)))
        .message(Optional.of("draw " + random.nextInt(1000)))
        .build();
  }
}
