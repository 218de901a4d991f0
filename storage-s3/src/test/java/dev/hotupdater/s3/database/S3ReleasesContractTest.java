package dev.hotupdater.s3.database;

import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.testkit.ReleaseDatabaseContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@SuppressWarnings("NullAway.Init")
class S3ReleasesContractTest extends ReleaseDatabaseContract {
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
  protected ReleaseDatabase createDatabase() {
    return server.bucket().database();
  }
}
