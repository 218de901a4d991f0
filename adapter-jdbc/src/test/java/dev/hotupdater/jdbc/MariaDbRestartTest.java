package dev.hotupdater.jdbc;

import java.nio.file.Path;

class MariaDbRestartTest extends DatabaseRestartTests {
  @Override
  MortalServer createServer(Path directory) {
    return new MortalMariaDb(directory);
  }
}
