package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.MetadataSamples.bundle;
import static dev.hotupdater.s3.database.MetadataSamples.bundles;
import static dev.hotupdater.s3.database.MetadataSamples.id;
import static dev.hotupdater.s3.database.MetadataSamples.put;
import static dev.hotupdater.s3.database.MetadataSamples.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.Revision;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each operation costs, in a database with twenty objects. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3DatabaseRequestsTest {
  private static final int TARGETS = 20;
  private static final String GET = "GetObject";
  private static final String LIST = "ListObjectsV2";
  private static final String PUT = "PutObject";

  private static MetadataServer server;

  private final RequestTap tap = new RequestTap();
  private MetadataTestBucket bucket;
  private Database database;
  private Database other;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void fillDatabase() {
    bucket = server.bucket();
    other = bucket.database();
    put(
        other,
        IntStream.range(0, TARGETS).mapToObj(n -> bundle(n, n + ".x")).toArray(Bundle[]::new));
    database = bucket.database(tap);
    bundles(database);
    tap.take();
  }

  @Test
  void snapshot_ofAFreshInstance_readsEveryObjectOnce() {
    RequestTap fresh = new RequestTap();

    bundles(bucket.database(fresh));

    List<String> taken = fresh.take();
    assertEquals(TARGETS + 2, Collections.frequency(taken, GET));
    assertEquals(1, Collections.frequency(taken, LIST));
    assertEquals(TARGETS + 3, taken.size());
  }

  @Test
  void snapshot_withoutChange_readsNoObject() {
    bundles(database);

    assertEquals(List.of(GET, LIST, GET), tap.take());
  }

  @Test
  void find_withoutChange_readsNoObject() {
    store(database).find(id(3));

    assertEquals(List.of(GET, LIST, GET), tap.take());
  }

  @Test
  void revision_isOneRequest() {
    store(database).revision();

    assertEquals(List.of(GET), tap.take());
  }

  @Test
  void check_isOneRequest() {
    database.check();

    assertEquals(List.of(GET), tap.take());
  }

  @Test
  void fingerprint_isOneRequest() {
    store(database).fingerprint();

    assertEquals(List.of(LIST), tap.take());
  }

  @Test
  void changesSince_readsTheChangedObjectsAlone() {
    Revision known = store(database).revision();
    put(other, bundle(3, "3.x").toBuilder().enabled(false).build());
    tap.take();

    assertEquals(1, store(database).changesSince(known).orElseThrow().present().size());

    assertEquals(List.of(GET, LIST, GET, GET), tap.take());
  }

  @Test
  void changesSince_theCurrentRevision_isOneRequest() {
    Revision known = store(database).revision();
    tap.take();

    assertTrue(store(database).changesSince(known).orElseThrow().present().isEmpty());

    assertEquals(List.of(GET), tap.take());
  }

  @Test
  void commit_intoAKnownTarget_isAFewRequests() {
    put(database, bundle(100, "1.x"));
    assertEquals(
        List.of(PUT, PUT, PUT, "DeleteObject", "DeleteObject", GET, LIST, PUT, PUT, GET, PUT),
        tap.take(),
        "the first commit tries out the store and reads the list of targets");

    put(database, bundle(101, "1.x"));

    assertEquals(List.of(GET, LIST, PUT, PUT, PUT), tap.take());
  }

  @Test
  void commit_intoANewTarget_writesTheListAsWell() {
    put(database, bundle(100, "1.x"));
    tap.take();

    put(database, bundle(101, "new"));

    assertEquals(List.of(GET, LIST, PUT, PUT, PUT, PUT), tap.take());
  }
}
