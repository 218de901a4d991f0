package dev.hotupdater.testkit;

import static dev.hotupdater.testkit.SampleBundles.complete;
import static dev.hotupdater.testkit.SampleBundles.id;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.InMemoryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Commits that all succeed, on few bundles with many patches between them. */
final class RandomCommits {
  private static final int IDS = 14;
  private static final int MAX_WRITES = 4;

  private final Random random;
  private final BundleStore model = InMemoryDatabase.create().bundles(RequestContext.none());

  RandomCommits(Random random) {
    this.random = random;
  }

  /** The bundles after all commits so far. */
  List<Bundle> bundles() {
    return model.snapshot().bundles();
  }

  /** The writes of the next commit. */
  List<BundleWrite> next() {
    while (true) {
      List<BundleWrite> writes = writes();
      try {
        model.commit(writes);
        return writes;
      } catch (InvalidBundleException e) {
        // It would leave a patch without its base: chosen again.
        continue;
      }
    }
  }

  private List<BundleWrite> writes() {
    List<BundleWrite> writes = new ArrayList<>();
    switch (random.nextInt(6)) {
      case 0 -> replaceExpected(writes);
      case 1 -> writes.add(BundleWrite.delete(base()));
      case 2 -> {
        BundleId base = base();
        writes.add(BundleWrite.delete(base));
        writes.add(BundleWrite.put(bundle(base)));
      }
      default -> {
        int count = 1 + random.nextInt(MAX_WRITES);
        for (int i = 0; i < count; i++) {
          writes.add(
              random.nextInt(4) == 0
                  ? BundleWrite.delete(id(number()))
                  : BundleWrite.put(bundle(id(number()))));
        }
      }
    }
    return writes;
  }

  private void replaceExpected(List<BundleWrite> writes) {
    one(bundles())
        .ifPresent(
            stored ->
                writes.add(BundleWrite.replace(bundle(stored.id()), BundleRevision.of(stored))));
  }

  /** An id that other bundles have patches from, if there is one. */
  private BundleId base() {
    List<BundleId> bases =
        bundles().stream()
            .flatMap(bundle -> bundle.patches().stream())
            .map(BundlePatch::baseBundleId)
            .toList();
    return one(bases).orElse(id(number()));
  }

  private Bundle bundle(BundleId id) {
    int[] bases = random.ints(0, IDS).limit(random.nextInt(3)).distinct().toArray();
    return complete(number(), bases).toBuilder()
        .id(id)
        .message(Optional.of("message " + random.nextInt(1000)))
        .build();
  }

  private int number() {
    return random.nextInt(IDS);
  }

  private <T> Optional<T> one(List<T> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.get(random.nextInt(values.size())));
  }
}
