package dev.hotupdater.jdbc;

import java.util.Optional;

/**
 * A table of settings, which records the version of the tables that it belongs to.
 *
 * @param table its name
 */
record Settings(String table) {
  /**
   * The settings of the Node server. It reads the key of the version and no other, so that there is
   * room for keys of our own.
   */
  static final Settings OF_BUNDLES = new Settings("private_hot_updater_settings");

  /** The settings of the tables of releases, of which the Node server knows nothing. */
  static final Settings OF_RELEASES = new Settings("hot_updater_release_settings");

  /** The settings of the tables of devices, of which the Node server knows nothing. */
  static final Settings OF_DEVICES = new Settings("hot_updater_device_settings");

  static final String VERSION = "version";

  Optional<String> read(Session session, String key) {
    return text(session, select(session.syntax(), key));
  }

  /** Reads a value that has at most so many characters; one that is longer does not arrive here. */
  Optional<String> readShort(Session session, String key, int maxLength) {
    return text(
        session, select(session.syntax(), key).and(Sql.of("length(value) <= " + maxLength)));
  }

  private static Optional<String> text(Session session, Sql sql) {
    return session.query(sql).mapTo(String.class).findFirst();
  }

  private Sql select(Syntax syntax, String key) {
    return Sql.of("select value from " + table + " where " + syntax.keyColumn() + " = ?", key);
  }

  Sql insert(Syntax syntax, String key, String value) {
    return Sql.of(
        "insert into " + table + " (" + syntax.keyColumn() + ", value) values (?, ?)", key, value);
  }

  Sql update(Syntax syntax, String key, String value) {
    return Sql.of(
        "update " + table + " set value = ? where " + syntax.keyColumn() + " = ?", value, key);
  }

  /** Locks a row and leaves it as it is. Some drivers do not count it as found. */
  Sql touch(Syntax syntax, String key) {
    return Sql.of(
        "update " + table + " set value = value where " + syntax.keyColumn() + " = ?", key);
  }
}
