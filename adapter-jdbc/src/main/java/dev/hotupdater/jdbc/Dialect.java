package dev.hotupdater.jdbc;

import dev.hotupdater.database.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of SQL databases that bundles can be kept in. */
public enum Dialect {
  /** PostgreSQL, and databases that speak its protocol and its SQL, such as CockroachDB. */
  POSTGRESQL(List.of("postgresql", "postgres"), new PostgresSyntax()),
  /** MySQL 8 and MariaDB. */
  MYSQL(List.of("mysql", "mariadb"), new MySqlSyntax()),
  /** SQLite 3. */
  SQLITE(List.of("sqlite"), new SqliteSyntax());

  private final List<String> names;
  private final Syntax syntax;

  Dialect(List<String> names, Syntax syntax) {
    this.names = names;
    this.syntax = syntax;
  }

  /**
   * The dialect with this name, in any letter case: {@code postgresql} or {@code postgres}, {@code
   * mysql} or {@code mariadb}, {@code sqlite}; empty for any other text.
   */
  public static Optional<Dialect> parse(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (Dialect dialect : values()) {
      if (dialect.names.contains(wanted)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }

  /** The dialect of the database at the other end. */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return parse(product)
        .orElseThrow(
            () ->
                new DatabaseException(
                    "Database '"
                        + product
                        + "' is not supported. Use a data source of PostgreSQL, MySQL, MariaDB or"
                        + " SQLite."));
  }

  Syntax syntax() {
    return syntax;
  }

  /** The name that {@link #parse} knows best, such as {@code postgresql}. */
  @Override
  public String toString() {
    return names.get(0);
  }
}
