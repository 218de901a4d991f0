package dev.hotupdater.jdbc;

/** What a column holds. */
enum ColumnType {
  /** The id of a bundle. */
  ID,
  /** Text of at most 255 characters, which may be a primary key. */
  KEY,
  TEXT,
  BOOLEAN,
  INTEGER,
  JSON
}
