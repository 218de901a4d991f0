package dev.hotupdater.s3.database;

import dev.hotupdater.database.Database;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import dev.hotupdater.testkit.CoherenceContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Several servers on one bucket, each with a client of its own. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3DatabaseCoherenceTest extends CoherenceContract {
  /** Longer than a writer among many has to wait for its turn, on however slow a machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static MetadataServer server;

  private MetadataTestBucket bucket;

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
    bucket = server.bucket();
    return anotherDatabase();
  }

  @Override
  protected Database anotherDatabase() {
    return bucket.builder().commitTimeout(PATIENCE).build();
  }
}
