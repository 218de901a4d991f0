package dev.hotupdater.jdbc;

import java.util.Optional;

/**
 * The table of settings, which records the version of the schema. The Node server reads that key
 * and no other, so that there is room for keys of our own.
 */
final class Settings {
  static final String TABLE = "private_hot_updater_settings";

  private Settings() {}

  static Optional<String> read(Session session, String key) {
    return text(session, select(session.syntax(), key));
  }

  /** Reads a value that has at most so many characters; one that is longer does not arrive here. */
  static Optional<String> readShort(Session session, String key, int maxLength) {
    return text(
        session, select(session.syntax(), key).and(Sql.of("length(value) <= " + maxLength)));
  }

  private static Optional<String> text(Session session, Sql sql) {
    return session.query(sql).mapTo(String.class).findFirst();
  }

  private static Sql select(Syntax syntax, String key) {
    return Sql.of("select value from " + TABLE + " where " + syntax.keyColumn() + " = ?", key);
  }

  static Sql insert(Syntax syntax, String key, String value) {
    return Sql.of(
        "insert into " + TABLE + " (" + syntax.keyColumn() + ", value) values (?, ?)", key, value);
  }

  static Sql update(Syntax syntax, String key, String value) {
    return Sql.of(
        "update " + TABLE + " set value = ? where " + syntax.keyColumn() + " = ?", value, key);
  }

  /** Locks a row and leaves it as it is. Some drivers do not count it as found. */
  static Sql touch(Syntax syntax, String key) {
    return Sql.of(
        "update " + TABLE + " set value = value where " + syntax.keyColumn() + " = ?", key);
  }
}
