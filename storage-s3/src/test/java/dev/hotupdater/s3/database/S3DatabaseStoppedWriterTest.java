package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.MetadataSamples.bundle;
import static dev.hotupdater.s3.database.MetadataSamples.bundles;
import static dev.hotupdater.s3.database.MetadataSamples.byId;
import static dev.hotupdater.s3.database.MetadataSamples.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A writer that never finishes its commit. */
class S3DatabaseStoppedWriterTest {
  /** What the first commit of a process sends before it writes an object with bundles. */
  private static final int REQUESTS_UNTIL_MADE = 8;

  @Test
  void commitsThatWaitForLessThanTheRepairDelay_succeedInTheEnd() throws Exception {
    try (MetadataServer server = MetadataServer.start()) {
      MetadataTestBucket bucket = server.bucket();
      RequestTap tap = new RequestTap();
      tap.dieBeforeSending(REQUESTS_UNTIL_MADE);
      put(bucket.database(tap), bundle(1, "1.x"));
      assertTrue(bucket.read(".hotupdater/journal.json").contains("\"pending\":true"));
      Database impatient =
          bucket
              .builder()
              .commitTimeout(Duration.ofMillis(700))
              .repairDelay(Duration.ofSeconds(3))
              .build();

      assertThrows(DatabaseUnavailableException.class, () -> put(impatient, bundle(2, "2.x")));
      commitInTheEnd(impatient);

      assertEquals(byId(List.of(bundle(1, "1.x"), bundle(2, "2.x"))), bundles(bucket.database()));
    }
  }

  private static void commitInTheEnd(Database database) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        put(database, bundle(2, "2.x"));
        return;
      } catch (DatabaseUnavailableException e) {
        assertTrue(System.nanoTime() < deadline, "the wait starts from zero again and again");
      }
    }
  }
}
