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
  /** A hash of 32 hexadecimal digits, which may be a primary key. */
  HASH,
  /** Text of any length. */
  DOCUMENT,
  BOOLEAN,
  INTEGER,
  LONG,
  JSON
}
