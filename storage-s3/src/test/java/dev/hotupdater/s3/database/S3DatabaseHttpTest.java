package dev.hotupdater.s3.database;

import dev.hotupdater.database.Database;
import dev.hotupdater.testkit.HotUpdaterHttpContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3DatabaseHttpTest extends HotUpdaterHttpContract {
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
    return server.bucket().builder().basePath("/apps/metadata/").build();
  }
}
