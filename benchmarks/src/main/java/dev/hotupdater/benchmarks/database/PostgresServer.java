package dev.hotupdater.benchmarks.database;

import dev.hotupdater.benchmarks.report.LeftOutException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** An embedded PostgreSQL with its own defaults. */
final class PostgresServer implements DatabaseServer {
  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static PostgresServer launch() {
    try {
      return new PostgresServer(EmbeddedPostgres.start());
    } catch (IOException | RuntimeException e) {
      throw new LeftOutException(
          "PostgreSQL cannot be started; is it in the jar? README.md has the command that puts it"
              + " there",
          e);
    }
  }

  @Override
  public String createDatabase(String name) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("The database " + name + " could not be made", e);
    }
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + '/' + name + "?user=postgres";
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop", e);
    }
  }
}
