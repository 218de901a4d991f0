package dev.hotupdater.liveupdate;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.release.ReleaseVersion;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A device that asks which web bundle it should have.
 *
 * @param platform what it runs on, such as {@code ios}, in lower case
 * @param nativeVersion the version of the native app; absent if it has none that makes sense, and
 *     then nothing is offered that depends on it
 * @param current what runs on the device
 * @param production whether the app is from a store
 * @param emulator whether the device is an emulator
 * @param cohort its cohort; absent if it named nothing to tell it by
 * @param failed whether a version failed on the device
 */
public record LiveUpdateCheck(
    String platform,
    Optional<ReleaseVersion> nativeVersion,
    CurrentBundle current,
    boolean production,
    boolean emulator,
    Optional<Cohort> cohort,
    Predicate<ReleaseVersion> failed) {
  /** Refuses null. */
  public LiveUpdateCheck {
    requireNonNull(platform, "platform");
    requireNonNull(current, "current");
    requireNonNull(failed, "failed");
  }
}
