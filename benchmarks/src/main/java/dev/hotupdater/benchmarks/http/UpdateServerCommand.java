package dev.hotupdater.benchmarks.http;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.benchmarks.catalogue.CheckPath;
import dev.hotupdater.benchmarks.database.Databases;
import dev.hotupdater.jdbc.JdbcDatabase;
import dev.hotupdater.servlet.HotUpdaterServlet;
import dev.hotupdater.storage.FileStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The server that is measured. The benchmarks start it themselves. */
@Command(name = UpdateServerCommand.NAME, hidden = true)
public final class UpdateServerCommand implements Callable<Integer> {
  static final String NAME = "update-server";

  @Parameters(index = "0")
  private String jdbcUrl = "";

  @Parameters(index = "1")
  private Path files = Path.of("");

  private UpdateServerCommand() {}

  /** The command line of a server with this database, and files in this folder. */
  static List<String> line(String jdbcUrl, Path files) {
    return List.of(NAME, jdbcUrl, files.toString());
  }

  @Override
  public Integer call() throws Exception {
    try (HikariDataSource dataSource = Databases.open(jdbcUrl);
        HotUpdater updater =
            HotUpdater.builder()
                .database(JdbcDatabase.create(dataSource))
                .storage(FileStorage.at(files))
                .basePath(CheckPath.BASE)
                .publicUrl(CheckPath.PUBLIC_URL)
                .build()) {
      LoopbackJetty.serve(HotUpdaterServlet.create(updater));
    }
    return 0;
  }
}
