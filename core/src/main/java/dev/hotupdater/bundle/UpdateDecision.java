package dev.hotupdater.bundle;

/** What a device should do. */
public sealed interface UpdateDecision {
  /** Keep the running bundle. */
  record NoUpdate() implements UpdateDecision {}

  /**
   * Switch to a newer bundle.
   *
   * @param bundle the bundle to switch to
   */
  record Update(Bundle bundle) implements UpdateDecision {}

  /**
   * Go back to an older bundle, since the running one is not offered any more.
   *
   * @param bundle the bundle to go back to
   */
  record Rollback(Bundle bundle) implements UpdateDecision {}

  /** Go back to the bundle built into the app. */
  record RollbackToBuiltIn() implements UpdateDecision {}
}
