package dev.hotupdater.liveupdate;

import dev.hotupdater.bundle.Eligibility;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Cause;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.VersionPolicy;
import java.util.Optional;

/**
 * A published release with the rules that hold for it.
 *
 * @param release the release
 * @param rules the rules, with everything in them that has a default
 * @param eligibility whom it is rolled out to
 * @param isRolledBack whether it was rolled back from, so that it is offered to nobody
 */
record RuledRelease(
    Release release, DeliveryRules rules, Eligibility eligibility, boolean isRolledBack) {
  /**
   * Why it is not for the device; empty if it is. Source of the order: Capacitor protocols, section
   * A3, "Backend decision order".
   */
  Optional<Cause> causeAgainst(LiveUpdateCheck check, NativeVersionRule rule) {
    if (rules.platforms().filter(names -> !names.contains(check.platform())).isPresent()) {
      return Optional.of(Cause.PLATFORM);
    }
    if (WebArtifact.in(release, check.platform()).isEmpty()) {
      return Optional.of(Cause.NO_ARTIFACT);
    }
    return causeOfVersions(check, rule)
        .or(() -> causeOfDevice(check))
        .or(() -> causeOfHistory(check));
  }

  private Optional<Cause> causeOfVersions(LiveUpdateCheck check, NativeVersionRule rule) {
    if (check.nativeVersion().isEmpty()) {
      return needsNativeVersion(rule)
          ? Optional.of(Cause.NATIVE_VERSION_UNKNOWN)
          : Optional.empty();
    }
    ReleaseVersion nativeVersion = check.nativeVersion().get();
    return causeOfPolicy(nativeVersion).or(() -> causeOfLimits(nativeVersion));
  }

  private boolean needsNativeVersion(NativeVersionRule rule) {
    return policy() != VersionPolicy.ANY
        || rule == NativeVersionRule.TOLD && !isOn(rules.underNative())
        || minimum().isPresent()
        || rules.maxNativeVersion().isPresent();
  }

  private Optional<Cause> causeOfPolicy(ReleaseVersion nativeVersion) {
    ReleaseVersion version = release.version();
    VersionPolicy policy = policy();
    if (policy == VersionPolicy.DECLARED_MINIMUM) {
      return minimum().isEmpty() ? Optional.of(Cause.MINIMUM_NOT_DECLARED) : Optional.empty();
    }
    int major = Long.compareUnsigned(version.major(), nativeVersion.major());
    int minor = major != 0 ? major : Long.compareUnsigned(version.minor(), nativeVersion.minor());
    int patch = minor != 0 ? minor : Long.compareUnsigned(version.patch(), nativeVersion.patch());
    if (policy.compareTo(VersionPolicy.SAME_MAJOR) >= 0 && major > 0) {
      return Optional.of(Cause.MAJOR);
    }
    if (policy.compareTo(VersionPolicy.SAME_MINOR) >= 0 && minor > 0) {
      return Optional.of(Cause.MINOR);
    }
    return policy == VersionPolicy.SAME_PATCH && patch > 0
        ? Optional.of(Cause.PATCH)
        : Optional.empty();
  }

  private Optional<Cause> causeOfLimits(ReleaseVersion nativeVersion) {
    if (minimum().filter(least -> least.isAfter(nativeVersion)).isPresent()) {
      return Optional.of(Cause.NATIVE_VERSION_TOO_LOW);
    }
    if (rules.maxNativeVersion().filter(nativeVersion::isAfter).isPresent()) {
      return Optional.of(Cause.NATIVE_VERSION_TOO_HIGH);
    }
    return !isOn(rules.underNative()) && nativeVersion.isAfter(release.version())
        ? Optional.of(Cause.UNDER_NATIVE)
        : Optional.empty();
  }

  private Optional<Cause> causeOfDevice(LiveUpdateCheck check) {
    if (!isOn(check.production() ? rules.production() : rules.development())) {
      return Optional.of(check.production() ? Cause.PRODUCTION : Cause.DEVELOPMENT);
    }
    if (!isOn(check.emulator() ? rules.emulators() : rules.physicalDevices())) {
      return Optional.of(check.emulator() ? Cause.EMULATOR : Cause.DEVICE);
    }
    return Optional.empty();
  }

  private Optional<Cause> causeOfHistory(LiveUpdateCheck check) {
    if (check.failed().test(release.version())) {
      return Optional.of(Cause.FAILED_BEFORE);
    }
    return eligibility.includes(check.cohort()) ? Optional.empty() : Optional.of(Cause.ROLLOUT);
  }

  /** What a release says of itself comes before what its rules say. */
  private Optional<ReleaseVersion> minimum() {
    return release.minAppVersion().or(rules::minNativeVersion);
  }

  private VersionPolicy policy() {
    return rules.versionPolicy().orElse(VersionPolicy.ANY);
  }

  private static boolean isOn(Optional<Boolean> rule) {
    return rule.orElse(false);
  }
}
