package dev.hotupdater.jdbc;

import java.nio.file.Path;

class PostgresRestartTest extends DatabaseRestartTests {
  @Override
  MortalServer createServer(Path directory) {
    return new MortalPostgres(directory);
  }
}
