package dev.hotupdater.jdbc;

/**
 * One statement of a migration.
 *
 * @param sql the statement
 * @param kind what it creates
 * @param table the table that it creates or changes
 * @param name the name of what it creates
 */
record SchemaStep(String sql, Kind kind, String table, String name) {
  /** What a statement creates. */
  enum Kind {
    TABLE,
    COLUMN,
    INDEX,
    CONSTRAINT
  }
}
