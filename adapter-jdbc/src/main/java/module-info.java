/** Keeps bundles, releases and what devices told in PostgreSQL, MySQL, MariaDB or SQLite. */
module dev.hotupdater.jdbc {
  requires transitive dev.hotupdater.core;
  requires transitive java.sql;
  requires com.fasterxml.jackson.databind;
  requires org.jdbi.v3.core;
  requires static org.jspecify;
  requires static org.postgresql.jdbc;
  requires org.slf4j;

  exports dev.hotupdater.jdbc;
}
