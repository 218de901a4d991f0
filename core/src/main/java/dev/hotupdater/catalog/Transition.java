package dev.hotupdater.catalog;

/**
 * A state and what has led to it. Immutable.
 *
 * @param <S> the states
 * @param <C> how one state differs from another
 */
interface Transition<S, C> {
  /** The state that is reached. */
  S state();

  /** How it differs from the state before. */
  C change();
}
