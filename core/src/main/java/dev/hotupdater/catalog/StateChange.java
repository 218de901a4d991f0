package dev.hotupdater.catalog;

/** How one state differs from the state before it. Immutable. */
interface StateChange {
  /** Whether both states are the same. */
  boolean isEmpty();
}
