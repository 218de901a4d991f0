package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.bundle.UpdateCheck;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What a company with several apps' worth of history might have. */
final class MixedCatalogue implements Catalogue.Recipe {
  private static final List<Platform> PLATFORMS = List.of(Platform.values());
  private static final List<String> CHANNELS =
      List.of("production", "production", "production", "beta", "staging");
  private static final int MAJORS = 5;
  private static final int NUMBERS = 10;
  private static final int FINGERPRINT_BYTES = 20;
  private static final List<String> FINGERPRINTS = fingerprints();

  private static final int FINGERPRINT_PERCENT = 20;
  private static final int DISABLED_PERCENT = 10;
  private static final int PARTIAL_PERCENT = 30;
  private static final int TARGETED_PERCENT = 10;

  private static List<String> fingerprints() {
    SplittableRandom random = new SplittableRandom(FINGERPRINT_BYTES);
    return Stream.generate(() -> Samples.hex(FINGERPRINT_BYTES, random)).limit(50).toList();
  }

  @Override
  public Bundle bundle(int index, SplittableRandom random) {
    if (index == 0) {
      // So that the smallest catalogue has something to offer, too.
      return Samples.bundle(index, Platform.IOS, random).targetAppVersion(Optional.of("*")).build();
    }
    Bundle.Builder bundle =
        Samples.bundle(index, Samples.oneOf(PLATFORMS, random), random)
            .channel(Samples.oneOf(CHANNELS, random))
            .enabled(!Samples.chance(DISABLED_PERCENT, random));
    if (Samples.chance(FINGERPRINT_PERCENT, random)) {
      bundle.fingerprintHash(Optional.of(Samples.oneOf(FINGERPRINTS, random)));
    } else {
      bundle.targetAppVersion(Optional.of(range(random)));
    }
    if (Samples.chance(PARTIAL_PERCENT, random)) {
      bundle.rollout(Rollout.of(random.nextInt(Cohort.NUMERIC_COHORTS)));
    }
    if (Samples.chance(TARGETED_PERCENT, random)) {
      bundle.targetCohorts(
          Optional.of(Set.of(Samples.customCohort(random), Samples.numericCohort(random))));
    }
    return bundle.build();
  }

  private static String range(SplittableRandom random) {
    int major = major(random);
    int minor = random.nextInt(NUMBERS);
    return switch (random.nextInt(8)) {
      case 0 -> "*";
      case 1 -> major + ".x";
      case 2 -> "^" + major + '.' + minor + ".0";
      case 3 -> "~" + major + '.' + minor;
      case 4 -> ">=" + major + '.' + minor + ".0 <" + (major + 1) + ".0.0";
      case 5 -> major + ".0.0 - " + major + '.' + minor + ".9";
      case 6 -> ">= " + major + '.' + minor + ".0";
      default -> "~" + major + '.' + minor + " || ^" + (major + 1) + ".0.0";
    };
  }

  private static int major(SplittableRandom random) {
    return 1 + random.nextInt(MAJORS);
  }

  @Override
  public UpdateCheck check(int bundles, SplittableRandom random) {
    return device(random)
        .channel(Samples.oneOf(CHANNELS, random))
        .bundleId(Samples.runningBundle(bundles, random))
        .cohort(cohort(random))
        .build();
  }

  private static UpdateCheck.Builder device(SplittableRandom random) {
    Platform platform = Samples.oneOf(PLATFORMS, random);
    if (Samples.chance(FINGERPRINT_PERCENT, random)) {
      return UpdateCheck.ofFingerprint(platform, Samples.oneOf(FINGERPRINTS, random));
    }
    return UpdateCheck.ofAppVersion(
        platform, major(random) + "." + random.nextInt(NUMBERS) + '.' + random.nextInt(NUMBERS));
  }

  private static Optional<Cohort> cohort(SplittableRandom random) {
    return switch (random.nextInt(10)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(Samples.customCohort(random));
      default -> Optional.of(Samples.numericCohort(random));
    };
  }
}
