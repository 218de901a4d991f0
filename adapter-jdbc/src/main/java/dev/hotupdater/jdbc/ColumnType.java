package dev.hotupdater.jdbc;

/** What a column holds. */
enum ColumnType {
  /** The id of a bundle. */
  ID,
  /** Text of at most 255 characters, which may be a primary key. */
  KEY,
  TEXT,
  /** Text of at most 128 characters, of which every bit counts in comparisons and in indexes. */
  NAME,
  /** Text of any length. */
  DOCUMENT,
  BOOLEAN,
  INTEGER,
  LONG,
  JSON
}
