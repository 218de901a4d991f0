package dev.hotupdater.benchmarks.database;

import dev.hotupdater.benchmarks.process.WorkFolder;
import java.nio.file.Path;

/** SQLite databases in a temporary folder. */
public final class SqliteFiles implements DatabaseServer {
  private final WorkFolder folder;

  private SqliteFiles(WorkFolder folder) {
    this.folder = folder;
  }

  static SqliteFiles inTemporaryFolder() {
    return new SqliteFiles(WorkFolder.create());
  }

  /** The JDBC URL of the database in this file, with the settings of the quickstart. */
  public static String url(Path file) {
    return "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL";
  }

  @Override
  public String createDatabase(String name) {
    return url(folder.path().resolve(name + ".db"));
  }

  @Override
  public void close() {
    folder.close();
  }
}
