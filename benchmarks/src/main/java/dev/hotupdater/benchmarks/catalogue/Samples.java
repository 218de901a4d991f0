package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Platform;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What bundles and devices are made of. */
final class Samples {
  private static final int PERCENT = 100;
  private static final int SHA_256_BYTES = 32;
  private static final int SHA_1_BYTES = 20;
  private static final List<Cohort> CUSTOM_COHORTS =
      List.of(
          Cohort.of("beta-testers"), Cohort.of("staff"), Cohort.of("qa"), Cohort.of("partners"));

  private Samples() {}

  /** A bundle with an archive and a note, for nobody yet. */
  static Bundle.Builder bundle(int index, Platform platform, SplittableRandom random) {
    BundleId id = BundleIds.at(index);
    return Bundle.builder()
        .id(id)
        .platform(platform)
        .fileHash(hex(SHA_256_BYTES, random))
        .gitCommitHash(Optional.of(hex(SHA_1_BYTES, random)))
        .message(Optional.of("Release " + index))
        .storageUri("local://updates/bundles/" + id + "/bundle.zip");
  }

  /**
   * The bundle that a device runs: the built-in one, a published one, the newest one, one that the
   * server does not know, or one that is older or newer than all.
   */
  static BundleId runningBundle(int bundles, SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> BundleId.NIL;
      case 1 -> BundleIds.at(random.nextInt(bundles));
      case 2 -> BundleIds.at(bundles - 1);
      case 3 -> BundleIds.after(random.nextInt(bundles));
      case 4 -> BundleIds.after(bundles - 1);
      default -> BundleIds.at(-1 - random.nextInt(bundles));
    };
  }

  static Cohort numericCohort(SplittableRandom random) {
    return Cohort.of(Integer.toString(1 + random.nextInt(Cohort.NUMERIC_COHORTS)));
  }

  static Cohort customCohort(SplittableRandom random) {
    return oneOf(CUSTOM_COHORTS, random);
  }

  static <T> T oneOf(List<T> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }

  /** True in so many of a hundred cases. */
  static boolean chance(int percent, SplittableRandom random) {
    return random.nextInt(PERCENT) < percent;
  }

  static String hex(int bytes, SplittableRandom random) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return HexFormat.of().formatHex(content);
  }
}
