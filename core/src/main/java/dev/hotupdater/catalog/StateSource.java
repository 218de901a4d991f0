package dev.hotupdater.catalog;

import dev.hotupdater.database.Revision;
import java.util.Optional;

/**
 * One part of a database, for one context, read as states. Every method that reads sees all commits
 * that ended before it was called, and throws {@link dev.hotupdater.database.DatabaseException}.
 * Safe for use by many threads.
 *
 * @param <S> the states
 * @param <C> how one state differs from another
 */
interface StateSource<S, C> {
  /** The state without anything in it, from which the first load starts. Reads nothing. */
  S empty();

  /** The current revision, which changes with every commit of this library. One cheap read. */
  Revision revision();

  /**
   * A text that changes with every write, whoever makes it; empty if there is none that is cheaper
   * than to {@link #read} everything.
   */
  Optional<String> fingerprint();

  /** Reads everything, and tells how it differs from a state that was read before. */
  Transition<S, C> read(S known);

  /**
   * Reads what the commits of this library have changed since a state.
   *
   * @return empty if that cannot be told; everything is then read
   */
  Optional<Transition<S, C>> changesSince(S known);

  /**
   * Applies what was read to a later state than it was compared with. Of the same thing, what is
   * newer than the reading wins.
   *
   * @param known the state that the reading was compared with
   * @param read what {@link #read} has found
   * @param current the state that has taken the place of the known one meanwhile
   * @return what follows the current state; empty if it cannot be told what is newer, and
   *     everything is then read again
   */
  Optional<Transition<S, C>> rebase(S known, Transition<S, C> read, S current);
}
