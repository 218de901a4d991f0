package dev.hotupdater.liveupdate;

/** What it means if a device does not tell its native version. */
public enum NativeVersionRule {
  /**
   * Its client tells it if it can: nothing is offered that depends on it, and that is everything,
   * unless the rules allow what is under the native version.
   */
  TOLD,
  /**
   * Its client has no way to tell it: that a bundle may be under the native version does not count,
   * but what was said of native versions does. A release with a lowest or highest native version,
   * or with a policy other than {@code any}, is not offered.
   */
  NEVER_TOLD
}
