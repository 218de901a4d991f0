package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.UpdateCheck;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A kind of catalogue, of any size and always the same, and the devices that ask it. */
public enum Catalogue {
  /** One channel, and every bundle runs on every device that asks. */
  MATCHING(new MatchingCatalogue()),

  /**
   * Two platforms and three channels, version ranges and fingerprints, partial rollouts, targeted
   * cohorts, disabled bundles.
   */
  MIXED(new MixedCatalogue());

  private static final long SEED = 20_000;

  private final Recipe recipe;

  Catalogue(Recipe recipe) {
    this.recipe = recipe;
  }

  /** How bundles and checks of one kind are made. */
  interface Recipe {
    /** The bundle at this place, of which 0 is the oldest. */
    Bundle bundle(int index, SplittableRandom random);

    /** A check of some device, asking a catalogue with so many bundles. */
    UpdateCheck check(int bundles, SplittableRandom random);
  }

  /** The first so many bundles, oldest first. */
  public List<Bundle> bundles(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    return IntStream.range(0, count).mapToObj(index -> recipe.bundle(index, random)).toList();
  }

  /** The bundle that is published after the first so many. */
  public Bundle next(int count) {
    return recipe.bundle(count, new SplittableRandom(SEED));
  }

  /** The id of the newest of so many bundles, enabled or not. */
  public BundleId newest(int count) {
    return BundleIds.at(count - 1);
  }

  /** Checks of devices that ask a catalogue with so many bundles, without end. */
  Stream<UpdateCheck> checks(int bundles) {
    SplittableRandom random = new SplittableRandom(SEED);
    return Stream.generate(() -> recipe.check(bundles, random));
  }

  /** The name in lower case, as tables show it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
