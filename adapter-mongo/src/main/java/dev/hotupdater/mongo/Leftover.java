package dev.hotupdater.mongo;

import dev.hotupdater.database.Revision;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells commits that their writer is at work on from those that one has left behind. To take the
 * one for the other costs time and does no harm. Used by one thread.
 */
final class Leftover {
  /** How long a writer that is at work may take, where the timeout allows to wait for it. */
  static final Duration LONGEST_PATIENCE = Duration.ofMillis(500);

  private final Duration patience;
  private Optional<Revision> seen = Optional.empty();
  private long since;

  Leftover(Duration patience) {
    this.patience = patience;
  }

  /** Whether this commit has been pending for so long that its writer can hardly be at work. */
  boolean isOld(Revision pending) {
    long now = System.nanoTime();
    if (!seen.equals(Optional.of(pending))) {
      seen = Optional.of(pending);
      since = now;
    }
    return now - since >= patience.toNanos();
  }
}
