/**
 * A database of bundles in PostgreSQL, MySQL, MariaDB or SQLite, over any {@link
 * javax.sql.DataSource}, and the migrations of its tables. The tables are those of the Node server:
 * either server works with what the other one wrote.
 */
@NullMarked
package dev.hotupdater.jdbc;

import org.jspecify.annotations.NullMarked;
