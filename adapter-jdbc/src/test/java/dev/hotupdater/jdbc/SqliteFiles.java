package dev.hotupdater.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** SQLite in files of a temporary directory. */
final class SqliteFiles extends TestServer {
  private Path directory = Path.of("");

  SqliteFiles() {
    super(Dialect.SQLITE);
  }

  @Override
  void start() throws IOException {
    directory = Files.createTempDirectory("hotupdater-sqlite");
    Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
  }

  private void delete() {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : Stream.concat(files, Stream.of(directory)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("Could not delete " + directory + ": " + e);
    }
  }

  @Override
  DataSource create(String name) {
    return file(directory.resolve(name + ".db"));
  }

  static DataSource file(Path file) {
    SQLiteDataSource dataSource = new SQLiteDataSource();
    dataSource.setUrl("jdbc:sqlite:" + file);
    return dataSource;
  }
}
