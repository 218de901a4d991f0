package dev.hotupdater.liveupdate;

import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import java.util.Optional;

/** What a device gets: a web bundle, the one that came with the app, or nothing for a reason. */
public sealed interface LiveUpdateDecision {
  /**
   * A bundle is offered, which the device does not run.
   *
   * @param release its release
   * @param artifact its zip
   */
  record Offer(Release release, Artifact artifact) implements LiveUpdateDecision {}

  /** The device should go back to the bundle that came with the app, and runs another one. */
  record RevertToBuiltin() implements LiveUpdateDecision {}

  /** The device runs what it should. */
  record UpToDate() implements LiveUpdateDecision {}

  /**
   * Nothing is offered, and the device does not run what is newest.
   *
   * @param cause why the newest release is not for it
   * @param release that release; absent if there is none
   */
  record Withheld(Cause cause, Optional<Release> release) implements LiveUpdateDecision {}

  /** Why a release is not for a device. Sources: Capacitor protocols, sections A3 and A8. */
  enum Cause {
    /** The channel has no release. */
    NO_RELEASE,
    /** The release has nothing for the platform. */
    NO_ARTIFACT,
    /** The release has not been rolled out to the device yet. */
    ROLLOUT,
    /** The version failed on the device before. */
    FAILED_BEFORE,
    /** Nothing is delivered to the platform. */
    PLATFORM,
    /** Nothing is delivered to apps from a store. */
    PRODUCTION,
    /** Nothing is delivered to debug builds. */
    DEVELOPMENT,
    /** Nothing is delivered to physical devices. */
    DEVICE,
    /** Nothing is delivered to emulators. */
    EMULATOR,
    /** The device has no native version that makes sense, and the release depends on it. */
    NATIVE_VERSION_UNKNOWN,
    /** The native version is too low. */
    NATIVE_VERSION_TOO_LOW,
    /** The native version is too high. */
    NATIVE_VERSION_TOO_HIGH,
    /** The release is of a higher major version than the native app. */
    MAJOR,
    /** The release is of a higher minor version than the native app. */
    MINOR,
    /** The release is of a higher patch version than the native app. */
    PATCH,
    /** The release must say from which native version on it works, and does not. */
    MINIMUM_NOT_DECLARED,
    /** The native version is higher than that of the release. */
    UNDER_NATIVE
  }
}
