/** PostgreSQL and SQLite, filled with bundles. */
@NullMarked
package dev.hotupdater.benchmarks.database;

import org.jspecify.annotations.NullMarked;
