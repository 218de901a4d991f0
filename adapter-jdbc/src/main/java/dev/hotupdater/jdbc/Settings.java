package dev.hotupdater.jdbc;

import java.util.Optional;

/**
 * The table of settings, which records the version of the schema. The Node server reads that key
 * and no other, so that there is room for a key of our own.
 */
final class Settings {
  static final String TABLE = "private_hot_updater_settings";

  private Settings() {}

  static Optional<String> read(Session session, String key) {
    String column = session.syntax().keyColumn();
    return session
        .query(Sql.of("select value from " + TABLE + " where " + column + " = ?", key))
        .mapTo(String.class)
        .findFirst();
  }

  static Sql insert(Syntax syntax, String key, String value) {
    return Sql.of(
        "insert into " + TABLE + " (" + syntax.keyColumn() + ", value) values (?, ?)", key, value);
  }

  static Sql update(Syntax syntax, String key, String value) {
    return Sql.of(
        "update " + TABLE + " set value = ? where " + syntax.keyColumn() + " = ?", value, key);
  }
}
