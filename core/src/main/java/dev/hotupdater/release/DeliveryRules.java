package dev.hotupdater.release;

import static java.util.Collections.unmodifiableSortedSet;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which devices a web bundle may be delivered to. An app, a channel and a release each have rules;
 * what a release leaves open is up to its channel, then to its app, and then to {@link #DEFAULTS}.
 * Immutable.
 *
 * @param platforms the platforms that get it, such as {@code ios}
 * @param production whether apps from a store get it
 * @param development whether debug builds get it
 * @param physicalDevices whether physical devices get it
 * @param emulators whether emulators get it
 * @param minNativeVersion the lowest native version that gets it
 * @param maxNativeVersion the highest native version that gets it
 * @param versionPolicy how far its version may be from the native one
 * @param underNative whether an app gets it whose native version is higher than its own
 */
public record DeliveryRules(
    Optional<SortedSet<String>> platforms,
    Optional<Boolean> production,
    Optional<Boolean> development,
    Optional<Boolean> physicalDevices,
    Optional<Boolean> emulators,
    Optional<ReleaseVersion> minNativeVersion,
    Optional<ReleaseVersion> maxNativeVersion,
    Optional<VersionPolicy> versionPolicy,
    Optional<Boolean> underNative) {
  /** Rules that leave everything open. */
  public static final DeliveryRules NONE =
      new DeliveryRules(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * What holds where nobody says anything: everybody gets everything, but no app is taken back to
   * what is older than its native version.
   */
  public static final DeliveryRules DEFAULTS =
      new DeliveryRules(
          Optional.empty(),
          Optional.of(true),
          Optional.of(true),
          Optional.of(true),
          Optional.of(true),
          Optional.empty(),
          Optional.empty(),
          Optional.of(VersionPolicy.ANY),
          Optional.of(false));

  private static final int MAX_PLATFORMS = 16;
  private static final Pattern PLATFORM = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  /**
   * Checks the names of the platforms.
   *
   * @throws InvalidReleaseException if one is none, or there are too many
   */
  public DeliveryRules {
    platforms = platforms.map(DeliveryRules::checkedPlatforms);
  }

  /**
   * Checks that some native version can meet the rules, where somebody gives them. Rules that two
   * have given may leave none together: then nobody gets the release.
   *
   * @throws InvalidReleaseException if none can
   */
  void checkLimits() {
    minNativeVersion.ifPresent(this::checkMinimum);
  }

  /**
   * Checks that some native version from this one on can meet the rules.
   *
   * @throws InvalidReleaseException if none can
   */
  void checkMinimum(ReleaseVersion minimum) {
    if (maxNativeVersion.filter(minimum::isAfter).isPresent()) {
      throw InvalidReleaseException.of(
          "min_native_version", "must not be higher than max_native_version");
    }
  }

  /** These rules, and what others say where these leave something open. */
  public DeliveryRules orElse(DeliveryRules others) {
    return new DeliveryRules(
        platforms.or(others::platforms),
        production.or(others::production),
        development.or(others::development),
        physicalDevices.or(others::physicalDevices),
        emulators.or(others::emulators),
        minNativeVersion.or(others::minNativeVersion),
        maxNativeVersion.or(others::maxNativeVersion),
        versionPolicy.or(others::versionPolicy),
        underNative.or(others::underNative));
  }

  private static SortedSet<String> checkedPlatforms(Set<String> platforms) {
    if (platforms.size() > MAX_PLATFORMS) {
      throw InvalidReleaseException.of(
          "platforms", "must have at most " + MAX_PLATFORMS + " elements");
    }
    for (String platform : platforms) {
      if (!PLATFORM.matcher(platform).matches()) {
        throw InvalidReleaseException.of(
            "platforms", "must hold names such as android, ios or electron");
      }
    }
    return unmodifiableSortedSet(new TreeSet<>(platforms));
  }
}
