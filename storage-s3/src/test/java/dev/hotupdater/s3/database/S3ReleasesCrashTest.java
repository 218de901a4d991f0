package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.ReleaseSamples.APP;
import static dev.hotupdater.s3.database.ReleaseSamples.content;
import static dev.hotupdater.s3.database.ReleaseSamples.put;
import static dev.hotupdater.s3.database.ReleaseSamples.release;
import static dev.hotupdater.s3.database.ReleaseSamples.releaseId;
import static dev.hotupdater.s3.database.ReleaseSamples.releases;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseDelta;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.Slug;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import dev.hotupdater.s3.database.ReleaseSamples.Content;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A writer that dies at any of the requests of a commit. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3ReleasesCrashTest {
  private static final App APP_AFTER = APP.withSlug(Slug.of("my-app"));
  private static final Duration UNTIL_EVERYTHING_IS_OLD = Duration.ofHours(25);

  private static final Content NOTHING = Content.of(List.of(), List.of());
  private static final Content BEFORE =
      Content.of(List.of(APP), List.of(release(1), release(2), release(3)));

  /** Creates, changes and deletes. */
  private static final List<ReleaseWrite> COMMIT =
      List.of(
          ReleaseWrite.put(APP_AFTER),
          ReleaseWrite.put(release(4)),
          ReleaseWrite.put(release(1, "changed")),
          ReleaseWrite.delete(releaseId(2)));

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
  void writerThatDies_beforeAnyRequest_leavesAStateBeforeOrAfter() {
    int steps = dieAtEveryRequest(BEFORE, RequestTap::dieBeforeSending);
    System.out.println("S3ReleasesCrashTest: died before each of " + steps + " requests");
  }

  @Test
  void writerThatDies_beforeAnyAnswer_leavesAStateBeforeOrAfter() {
    int steps = dieAtEveryRequest(BEFORE, RequestTap::dieBeforeTheAnswer);
    System.out.println("S3ReleasesCrashTest: died before each of " + steps + " answers");
  }

  @Test
  void writerOfTheFirstCommit_thatDiesBeforeAnyRequest_leavesAStateBeforeOrAfter() {
    dieAtEveryRequest(NOTHING, RequestTap::dieBeforeSending);
  }

  @Test
  void writerOfTheFirstCommit_thatDiesBeforeAnyAnswer_leavesAStateBeforeOrAfter() {
    dieAtEveryRequest(NOTHING, RequestTap::dieBeforeTheAnswer);
  }

  /** Returns how many requests there were to die at. */
  private static int dieAtEveryRequest(Content before, BiConsumer<RequestTap, Integer> death) {
    boolean wasBefore = false;
    boolean wasAfter = false;
    for (int request = 0; ; request++) {
      MetadataTestBucket bucket = server.bucket();
      fill(bucket, before);
      RequestTap tap = new RequestTap();
      ReleaseDatabase dying = bucket.database(tap);
      ReleaseDatabase witness = bucket.later(UNTIL_EVERYTHING_IS_OLD).build();
      Revision known = releases(witness).snapshot().revision();
      death.accept(tap, request);
      boolean reported = commit(dying);
      if (tap.take().size() <= request) {
        assertTrue(reported);
        assertTrue(wasBefore && wasAfter, "the deaths were on both sides of the commit");
        return request;
      }

      Content found = content(bucket.database());
      boolean isAfter = found.equals(after(before));
      assertTrue(isAfter || found.equals(before), () -> "half of a commit: " + found);
      assertTrue(isAfter || !reported, "a commit that was reported is lost");
      wasBefore |= !isAfter;
      wasAfter |= isAfter;
      assertEquals(found, follow(before, releases(witness).changesSince(known)));
      assertEquals(found, content(witness));
      assertGoesOn(bucket, witness, found);
    }
  }

  private static void fill(MetadataTestBucket bucket, Content content) {
    if (!content.equals(NOTHING)) {
      ReleaseDatabase database = bucket.database();
      content.apps().forEach(app -> ReleaseSamples.commit(database, ReleaseWrite.create(app)));
      put(database, content.releases().toArray(new Release[0]));
    }
  }

  private static boolean commit(ReleaseDatabase database) {
    try {
      releases(database).commit(COMMIT);
      return true;
    } catch (DatabaseException e) {
      return false;
    }
  }

  private static Content after(Content before) {
    Set<Release> releases = new HashSet<>(before.releases());
    releases.removeAll(Set.of(release(1), release(2)));
    releases.addAll(Set.of(release(1, "changed"), release(4)));
    return new Content(Set.of(APP_AFTER), releases);
  }

  private static Content follow(Content known, Optional<ReleaseDelta> found) {
    ReleaseDelta delta = found.orElseThrow();
    Set<App> apps = new HashSet<>(known.apps());
    delta.apps().forEach(app -> apps.removeIf(old -> old.id().equals(app.id())));
    apps.addAll(delta.apps());
    Set<Release> releases = new HashSet<>(known.releases());
    releases.removeIf(release -> delta.absent().contains(release.id()));
    delta.releases().forEach(next -> releases.removeIf(old -> old.id().equals(next.id())));
    releases.addAll(delta.releases());
    return new Content(apps, releases);
  }

  /** The next commit is made, and leaves no object that nobody needs. */
  private static void assertGoesOn(
      MetadataTestBucket bucket, ReleaseDatabase witness, Content found) {
    put(witness, release(9));

    Set<Release> releases = new HashSet<>(found.releases());
    releases.add(release(9));
    Content expected = new Content(found.apps(), releases);
    assertEquals(expected, content(witness));
    assertEquals(expected, content(bucket.database()));
    long records = bucket.keys().stream().filter(key -> key.contains("/records/")).count();
    assertEquals(expected.apps().size() + expected.releases().size(), records);
  }
}
