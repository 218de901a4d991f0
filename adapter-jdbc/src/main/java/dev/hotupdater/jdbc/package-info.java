/**
 * A database of bundles, releases and what devices told in PostgreSQL, MySQL, MariaDB or SQLite,
 * over any {@link javax.sql.DataSource}, and the migrations of its tables. Those of bundles are the
 * tables of the Node server: either server works with what the other one wrote.
 */
@NullMarked
package dev.hotupdater.jdbc;

import org.jspecify.annotations.NullMarked;
