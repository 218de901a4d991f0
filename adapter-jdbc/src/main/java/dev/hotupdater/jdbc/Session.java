package dev.hotupdater.jdbc;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** A connection and the SQL that its database understands. */
record Session(Handle handle, Dialect dialect) {
  Syntax syntax() {
    return dialect.syntax();
  }

  Query query(Sql sql) {
    return sql.bindTo(handle.createQuery(sql.text()));
  }

  /** Executes a statement and returns how many rows it found. */
  int update(Sql sql) {
    return sql.bindTo(handle.createUpdate(sql.text())).execute();
  }
}
