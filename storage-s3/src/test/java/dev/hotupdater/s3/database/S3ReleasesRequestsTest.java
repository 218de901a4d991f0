package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.ReleaseSamples.APP;
import static dev.hotupdater.s3.database.ReleaseSamples.commit;
import static dev.hotupdater.s3.database.ReleaseSamples.content;
import static dev.hotupdater.s3.database.ReleaseSamples.put;
import static dev.hotupdater.s3.database.ReleaseSamples.release;
import static dev.hotupdater.s3.database.ReleaseSamples.releaseId;
import static dev.hotupdater.s3.database.ReleaseSamples.releases;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.Release;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** What each operation costs, in a database with an app and twenty releases. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3ReleasesRequestsTest {
  private static final int RELEASES = 20;
  private static final String GET = "GetObject";
  private static final String LIST = "ListObjectsV2";
  private static final String PUT = "PutObject";
  private static final String DELETE = "DeleteObject";

  private static MetadataServer server;

  private final RequestTap tap = new RequestTap();
  private MetadataTestBucket bucket;
  private ReleaseDatabase database;
  private ReleaseDatabase other;

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
    commit(other, ReleaseWrite.create(APP));
    put(
        other,
        IntStream.range(0, RELEASES).mapToObj(ReleaseSamples::release).toArray(Release[]::new));
    database = bucket.database(tap);
    content(database);
    tap.take();
  }

  @Test
  void snapshot_ofAFreshInstance_readsEveryObjectOnce() {
    RequestTap fresh = new RequestTap();

    content(bucket.database(fresh));

    assertEquals(Collections.nCopies(1 + 1 + RELEASES, GET), fresh.take());
  }

  @Test
  void readingWithoutChange_isOneRequest() {
    content(database);
    assertEquals(List.of(GET), tap.take());

    releases(database).findRelease(releaseId(3));
    assertEquals(List.of(GET), tap.take());

    releases(database).revision();
    assertEquals(List.of(GET), tap.take());

    releases(database).fingerprint();
    assertEquals(List.of(GET), tap.take());
  }

  @Test
  void revision_ofANewDatabase_isOneRequest() {
    RequestTap fresh = new RequestTap();

    releases(server.bucket().database(fresh)).revision();

    assertEquals(List.of(GET), fresh.take());
  }

  @Test
  void changesSince_readsTheChangedObjectsAlone() {
    Revision known = releases(database).revision();
    put(other, release(3, "changed"));
    tap.take();

    assertEquals(1, releases(database).changesSince(known).orElseThrow().releases().size());

    assertEquals(List.of(GET, GET), tap.take());
  }

  @Test
  void changesSince_theCurrentRevision_isOneRequest() {
    Revision known = releases(database).revision();
    tap.take();

    assertTrue(releases(database).changesSince(known).orElseThrow().releases().isEmpty());

    assertEquals(List.of(GET), tap.take());
  }

  @Test
  void changesSince_aRevisionThatIsNotKnownHere_isEmpty() {
    put(other, release(3, "a"));
    Revision notSeen = releases(other).revision();
    put(other, release(3, "b"));

    assertEquals(
        Optional.empty(), releases(bucket.database()).changesSince(notSeen), "not guessed");
  }

  @Test
  void commit_ofAChange_isAFewRequests() {
    commit(database, ReleaseWrite.replace(release(1, "changed"), release(1)));
    assertEquals(
        List.of(PUT, PUT, PUT, DELETE, DELETE, GET, PUT, PUT, LIST),
        tap.take(),
        "the first commit tries out the store and sweeps");

    commit(database, ReleaseWrite.replace(release(2, "changed"), release(2)));
    assertEquals(List.of(GET, PUT, PUT), tap.take());

    commit(database, ReleaseWrite.delete(releaseId(2)));
    assertEquals(List.of(GET, PUT), tap.take());
  }

  /** A new release of a process that has read nothing costs the same, however many there are. */
  @Test
  void commit_ofAFreshInstance_readsNoOtherObject() {
    RequestTap fresh = new RequestTap();

    commit(bucket.database(fresh), ReleaseWrite.create(release(100)));

    assertEquals(List.of(PUT, PUT, PUT, DELETE, DELETE, GET, PUT, PUT, LIST), fresh.take());
  }

  @Test
  void firstCommitOfAll_createsTheRootFirst() {
    RequestTap fresh = new RequestTap();

    commit(server.bucket().database(fresh), ReleaseWrite.create(APP));

    assertEquals(
        List.of(PUT, PUT, PUT, DELETE, DELETE, GET, LIST, PUT, PUT, PUT, LIST), fresh.take());
  }

  /** A thousand records fill a page of the listing; behind it, their folder is left out. */
  @Test
  void bundles_besideManyReleases_areOneRequestMore() {
    MetadataSamples.put(other, MetadataSamples.bundle(1, "1.x"));
    for (int i = 0; i < 2_100; i++) {
      bucket.writeDirectly(
          ".hotupdater/releases/records/" + String.format(Locale.ROOT, "%05d", i),
          StorageClass.STANDARD);
    }

    assertEquals(1, MetadataSamples.bundles(database).size());

    assertEquals(List.of(GET, LIST, LIST, GET, GET), tap.take());
  }
}
