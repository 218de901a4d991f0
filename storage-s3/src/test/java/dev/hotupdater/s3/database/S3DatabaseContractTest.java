package dev.hotupdater.s3.database;

import dev.hotupdater.database.Database;
import dev.hotupdater.testkit.DatabaseContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@SuppressWarnings("NullAway.Init")
class S3DatabaseContractTest extends DatabaseContract {
  private static MetadataServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  protected Database createDatabase() {
    return server.bucket().database();
  }
}
