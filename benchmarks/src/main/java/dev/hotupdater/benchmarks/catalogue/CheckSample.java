package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.bundle.UpdateCheck;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Some hundred different checks, so that what answers them over and over does not learn one of them
 * by heart.
 */
public final class CheckSample {
  /** How many checks a sample has; a power of two. */
  public static final int SIZE = 512;

  private static final int ATTEMPTS = 400 * SIZE;

  private CheckSample() {}

  /** Checks with any outcome. */
  public static List<UpdateCheck> of(Catalogue catalogue, int bundles) {
    return choose(catalogue, bundles, check -> true);
  }

  /**
   * Checks with one outcome. Where a small catalogue has too few, they are repeated.
   *
   * @param updater a server with that catalogue
   */
  public static List<UpdateCheck> of(
      Catalogue catalogue, int bundles, Outcome outcome, HotUpdater updater) {
    return choose(catalogue, bundles, check -> outcome.isOf(updater.bundles().decide(check)));
  }

  private static List<UpdateCheck> choose(
      Catalogue catalogue, int bundles, Predicate<UpdateCheck> wanted) {
    List<UpdateCheck> found =
        catalogue.checks(bundles).limit(ATTEMPTS).filter(wanted).limit(SIZE).toList();
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "No device gets this answer from the " + catalogue + " catalogue of " + bundles);
    }
    return IntStream.range(0, SIZE).mapToObj(i -> found.get(i % found.size())).toList();
  }
}
