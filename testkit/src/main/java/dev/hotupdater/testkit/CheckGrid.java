package dev.hotupdater.testkit;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The checks of all kinds of devices, and what the bundles are made of that they ask for. */
final class CheckGrid {
  static final List<String> CHANNELS = List.of("production", "beta", "Beta");
  static final List<String> RANGES = List.of("1.x", "*", ">=1.5.0 <3.0.0", "2.0.0", "1.x || 3.x");
  static final String FINGERPRINT = "fp-1";

  private static final List<String> VERSIONS = List.of("1.0.0", "1.5.2", "2.0.0", "3.1.0");
  private static final List<Optional<Cohort>> COHORTS =
      List.of(
          Optional.empty(),
          Optional.of(Cohort.of("1")),
          Optional.of(Cohort.of("500")),
          Optional.of(Cohort.of("1000")),
          Optional.of(Cohort.of("qa")),
          Optional.of(Cohort.of("team-1")));

  private CheckGrid() {}

  /**
   * Every combination of a device.
   *
   * @param running the bundles that the devices run
   * @param oldest the oldest bundle that one half of the devices accept; the others accept any
   */
  static List<UpdateCheck> of(Collection<BundleId> running, BundleId oldest) {
    List<UpdateCheck> checks = new ArrayList<>();
    for (Platform platform : Platform.values()) {
      for (String channel : CHANNELS) {
        for (Optional<Cohort> cohort : COHORTS) {
          for (BundleId id : running) {
            for (BundleId min : List.of(BundleId.NIL, oldest)) {
              for (UpdateCheck.Builder build : builds(platform)) {
                checks.add(
                    build.channel(channel).cohort(cohort).bundleId(id).minBundleId(min).build());
              }
            }
          }
        }
      }
    }
    return checks;
  }

  private static List<UpdateCheck.Builder> builds(Platform platform) {
    List<UpdateCheck.Builder> builds = new ArrayList<>();
    VERSIONS.forEach(version -> builds.add(UpdateCheck.ofAppVersion(platform, version)));
    builds.add(UpdateCheck.ofFingerprint(platform, FINGERPRINT));
    return builds;
  }
}
