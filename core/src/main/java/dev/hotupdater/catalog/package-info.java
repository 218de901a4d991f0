/**
 * The bundles as the server works with them: decisions from an index in memory, management through
 * the database.
 */
@NullMarked
package dev.hotupdater.catalog;

import org.jspecify.annotations.NullMarked;
