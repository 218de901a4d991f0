package dev.hotupdater.benchmarks.database;

import dev.hotupdater.benchmarks.report.LeftOutException;

/** Where databases are made. Closing it ends what was started; its databases are gone then. */
public interface DatabaseServer extends AutoCloseable {
  /**
   * Makes an empty database.
   *
   * @param name of small letters and digits, not yet used
   * @return its JDBC URL
   */
  String createDatabase(String name);

  @Override
  void close();

  /** A kind of database. */
  enum Kind {
    /** A PostgreSQL that is started with the benchmark. */
    POSTGRESQL("PostgreSQL") {
      @Override
      public DatabaseServer start() {
        return PostgresServer.launch();
      }
    },

    /** SQLite in files of a temporary folder. */
    SQLITE("SQLite") {
      @Override
      public DatabaseServer start() {
        return SqliteFiles.inTemporaryFolder();
      }
    };

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /**
     * Starts one.
     *
     * @throws LeftOutException if it cannot be started here
     */
    public abstract DatabaseServer start();

    /** The name, as tables show it. */
    @Override
    public String toString() {
      return title;
    }
  }
}
