package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.bundle.UpdateDecision;
import java.util.Locale;

/** What a device is told to do. */
public enum Outcome {
  /** To switch to a newer bundle. */
  UPDATE(UpdateDecision.Update.class),

  /** To keep what it has. */
  NO_UPDATE(UpdateDecision.NoUpdate.class),

  /** To go back to an older bundle, not to the one built into the app. */
  ROLLBACK(UpdateDecision.Rollback.class);

  private final Class<? extends UpdateDecision> decision;

  Outcome(Class<? extends UpdateDecision> decision) {
    this.decision = decision;
  }

  boolean isOf(UpdateDecision other) {
    return decision.isInstance(other);
  }

  /** The name in words, as tables show it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
