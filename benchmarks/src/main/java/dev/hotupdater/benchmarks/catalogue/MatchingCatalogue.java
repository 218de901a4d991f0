package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Every range contains every version from 1.0.0 to 1.9.9, which are those of the devices. */
final class MatchingCatalogue implements Catalogue.Recipe {
  private static final List<String> RANGES =
      List.of("*", "1.x", "^1.0.0", ">=1.0.0 <2.0.0", "1.0.0 - 1.99.0", ">= 1.0.0", "~1 || 2.x");
  private static final int NUMBERS = 10;

  @Override
  public Bundle bundle(int index, SplittableRandom random) {
    return Samples.bundle(index, Platform.IOS, random)
        .targetAppVersion(Optional.of(RANGES.get(index % RANGES.size())))
        .build();
  }

  @Override
  public UpdateCheck check(int bundles, SplittableRandom random) {
    String version = "1." + random.nextInt(NUMBERS) + '.' + random.nextInt(NUMBERS);
    return UpdateCheck.ofAppVersion(Platform.IOS, version)
        .bundleId(Samples.runningBundle(bundles, random))
        .cohort(Optional.of(Samples.numericCohort(random)))
        .build();
  }
}
