package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Replaces what a commit hangs on, and finds out whether that was done where the answer does not
 * tell.
 */
final class Swap {
  private Swap() {}

  /**
   * Makes a commit.
   *
   * @param replacement replaces the state; empty if another one is there
   * @param ifMade reads the state; empty if it does not have the commit
   * @return the state afterwards; empty if another commit has been made meanwhile
   */
  static <S> Optional<S> of(Supplier<Optional<S>> replacement, Supplier<Optional<S>> ifMade) {
    try {
      Optional<S> swapped = replacement.get();
      // A repeated request fails after one that did its work.
      return swapped.isPresent() ? swapped : ifMade.get();
    } catch (DatabaseUnavailableException e) {
      // Whether the request has arrived is not known.
      Optional<S> made = ifMade.get();
      if (made.isEmpty()) {
        throw e;
      }
      return made;
    }
  }
}
