package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.MetadataSamples.bundle;
import static dev.hotupdater.s3.database.MetadataSamples.bundles;
import static dev.hotupdater.s3.database.MetadataSamples.byId;
import static dev.hotupdater.s3.database.MetadataSamples.delete;
import static dev.hotupdater.s3.database.MetadataSamples.inChannel;
import static dev.hotupdater.s3.database.MetadataSamples.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.database.Database;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** A writer that stops for a while, and goes on when others have finished its commit. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3DatabaseLateWriterTest {
  private static final Bundle ORIGINAL = bundle(1, "1.x");
  private static final Bundle CHANGED = ORIGINAL.toBuilder().enabled(false).build();

  private static MetadataServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Test
  void commitThatIsNotYetInTheObjects_isSeenByReaders() throws Exception {
    MetadataTestBucket bucket = server.bucket();
    put(bucket.database(), ORIGINAL, bundle(2, "2.x"));

    whileHeld(
        bucket,
        inChannel(CHANGED, "beta"),
        () ->
            assertEquals(
                byId(List.of(inChannel(CHANGED, "beta"), bundle(2, "2.x"))),
                bundles(bucket.database())));
  }

  /** The content is again what the late writer has read: an entity tag alone would not tell. */
  @Test
  void lateWrite_afterTheContentHasReturned_undoesNothing() throws Exception {
    MetadataTestBucket bucket = server.bucket();
    put(bucket.database(), ORIGINAL, bundle(2, "1.x"));

    whileHeld(
        bucket,
        CHANGED,
        () -> {
          Database other = bucket.builder().repairDelay(Duration.ZERO).build();
          put(other, ORIGINAL);
          assertEquals(byId(List.of(ORIGINAL, bundle(2, "1.x"))), bundles(other));
        });

    assertEquals(byId(List.of(ORIGINAL, bundle(2, "1.x"))), bundles(bucket.database()));
  }

  @Test
  void lateCreation_ofADeletedBundle_bringsNothingBack() throws Exception {
    MetadataTestBucket bucket = server.bucket();
    put(bucket.database(), bundle(2, "2.x"));

    whileHeld(
        bucket,
        ORIGINAL,
        () -> {
          Database other = bucket.builder().repairDelay(Duration.ZERO).build();
          delete(other, 1);
          put(other, bundle(3, "3.x"));
        });

    assertObjects(bucket, bundle(2, "2.x"), bundle(3, "3.x"));
    assertFalse(bucket.keys().contains("production/ios/1.x/update.json"));
  }

  @Test
  void lateCreation_ofAMovedBundle_leavesItWhereItIs() throws Exception {
    MetadataTestBucket bucket = server.bucket();

    whileHeld(
        bucket,
        ORIGINAL,
        () -> put(bucket.builder().repairDelay(Duration.ZERO).build(), bundle(1, "2.x")));

    assertObjects(bucket, bundle(1, "2.x"));
    assertFalse(bucket.keys().contains("production/ios/1.x/update.json"));
  }

  @Test
  void writerThatIsLateWithItsFirstObject_doesNotCreateTheNext() throws Exception {
    MetadataTestBucket bucket = server.bucket();
    RequestTap tap = new RequestTap();

    whileHeld(
        bucket,
        List.of(ORIGINAL, bundle(2, "2.x"), bundle(3, "3.x")),
        () -> {
          delete(bucket.builder().repairDelay(Duration.ZERO).build(), 1, 2, 3);
          tap.take();
        },
        tap);

    assertObjects(bucket);
    // The journal before the next creation, the journal for the correction, and the correction.
    assertEquals(List.of("GetObject", "GetObject", "DeleteObject"), tap.take());
  }

  @Test
  void lateCreation_whenTheCommitIsFinishedAndTheNewest_stays() throws Exception {
    MetadataTestBucket bucket = server.bucket();

    whileHeld(
        bucket,
        ORIGINAL,
        () -> put(bucket.builder().repairDelay(Duration.ZERO).build(), bundle(2, "1.x")));

    assertObjects(bucket, ORIGINAL, bundle(2, "1.x"));
  }

  /** Checks what the objects alone say. */
  private static void assertObjects(MetadataTestBucket bucket, Bundle... expected) {
    assertEquals(byId(List.of(expected)), bundles(bucket.database()));
    bucket.delete(".hotupdater/journal.json");
    assertEquals(byId(List.of(expected)), bundles(bucket.database()));
  }

  /** Other software knows nothing of the journal and overwrites what it finds. */
  @Test
  void writeOfOtherSoftware_betweenReadingAndWriting_isKept() throws Exception {
    MetadataTestBucket bucket = server.bucket();
    put(bucket.database(), ORIGINAL);
    String written = UpdateFile.EMPTY.with(List.of(ORIGINAL, bundle(3, "1.x")), Set.of()).text();

    whileHeld(bucket, CHANGED, () -> bucket.write("production/ios/1.x/update.json", written));

    assertEquals(byId(List.of(CHANGED, bundle(3, "1.x"))), bundles(bucket.database()));
    bucket.delete(".hotupdater/journal.json");
    assertEquals(byId(List.of(CHANGED, bundle(3, "1.x"))), bundles(bucket.database()));
  }

  private static void whileHeld(MetadataTestBucket bucket, Bundle written, Runnable meanwhile)
      throws Exception {
    whileHeld(bucket, List.of(written), meanwhile);
  }

  private static void whileHeld(
      MetadataTestBucket bucket,
      List<Bundle> written,
      Runnable meanwhile,
      ExecutionInterceptor... interceptors)
      throws Exception {
    HeldRequest held = new HeldRequest();
    List<ExecutionInterceptor> all = new ArrayList<>(List.of(interceptors));
    all.add(held);
    Database late = bucket.database(all.toArray(new ExecutionInterceptor[0]));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> commit = thread.submit(() -> put(late, written.toArray(new Bundle[0])));
      held.awaitReached();
      meanwhile.run();
      held.release();
      commit.get();
    } finally {
      held.release();
      thread.shutdownNow();
    }
  }
}
