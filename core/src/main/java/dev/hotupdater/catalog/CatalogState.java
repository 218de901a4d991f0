package dev.hotupdater.catalog;

import dev.hotupdater.database.Revision;

/**
 * One part of a database at one point in time, as it is kept in memory to decide from. Immutable,
 * and equal to itself alone.
 */
interface CatalogState {
  /** The revision that this is the state of, or an older one. */
  Revision revision();
}
