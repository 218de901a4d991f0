package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.ReleaseSamples.APP;
import static dev.hotupdater.s3.database.ReleaseSamples.commit;
import static dev.hotupdater.s3.database.ReleaseSamples.content;
import static dev.hotupdater.s3.database.ReleaseSamples.put;
import static dev.hotupdater.s3.database.ReleaseSamples.release;
import static dev.hotupdater.s3.database.ReleaseSamples.releaseId;
import static dev.hotupdater.s3.database.ReleaseSamples.releases;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Slug;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import dev.hotupdater.s3.database.ReleaseSamples.Content;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects of releases that somebody has removed or damaged. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3ReleasesDamageTest {
  private static final String ROOT = ".hotupdater/releases/root.json";
  private static final Content FILLED =
      Content.of(List.of(APP), List.of(release(1), release(2), release(3)));

  private static MetadataServer server;

  private MetadataTestBucket bucket;
  private ReleaseDatabase database;

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
    database = bucket.database();
    commit(database, ReleaseWrite.create(APP));
    put(database, release(1), release(2), release(3));
  }

  private static void assertRefused(ReleaseDatabase damaged, String advice) {
    for (DatabaseException e :
        List.of(
            assertThrows(DatabaseException.class, () -> releases(damaged).snapshot()),
            assertThrows(DatabaseException.class, () -> releases(damaged).findApp(APP.id())),
            assertThrows(DatabaseException.class, () -> put(damaged, release(9))))) {
      assertFalse(e instanceof DatabaseUnavailableException, e::toString);
      assertTrue(String.valueOf(e.getMessage()).contains(ROOT), e::toString);
      assertTrue(String.valueOf(e.getMessage()).contains(advice), e::toString);
    }
  }

  @Test
  void rootThatWasRemoved_isNoEmptyDatabase() {
    String root = bucket.read(ROOT);
    bucket.delete(ROOT);

    assertRefused(bucket.database(), "was removed");
    assertRefused(bucket.database(), "the objects under '.hotupdater/releases/records/'");
    assertRefused(database, "was removed");
    assertThrows(DatabaseException.class, () -> releases(database).revision());
    assertThrows(DatabaseException.class, () -> releases(database).fingerprint());
    assertFalse(bucket.keys().contains(ROOT));

    bucket.write(ROOT, root);
    assertEquals(FILLED, content(bucket.database()));
    assertEquals(FILLED, content(database));
  }

  @Test
  void everythingRemoved_isANewDatabase_forANewServer() {
    bucket.keys().forEach(bucket::delete);

    ReleaseDatabase restarted = bucket.database();

    assertEquals(Content.of(List.of(), List.of()), content(restarted));
    commit(restarted, ReleaseWrite.create(APP));
    assertEquals(Content.of(List.of(APP), List.of()), content(bucket.database()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "{",
        "null",
        "[]",
        "{}",
        "{\"format\":1}",
        "{\"format\":1,\"revisions\":[],\"apps\":[],\"releases\":[]}",
        "{\"format\":1,\"revisions\":[\"1\"],\"apps\":[]}",
        "{\"format\":1,\"revisions\":[\"1\"],\"releases\":[]}",
        "{\"format\":1,\"revisions\":[\"1\"],\"apps\":[{}],\"releases\":[]}",
        "{\"format\":1,\"revisions\":[\"1\"],\"apps\":[],\"releases\":[{\"id\":\"../x\"}]}",
        "{\"format\":1,\"revisions\":[\"1\"],\"apps\":[{\"id\":\"a\",\"record\":\"../x\"}],"
            + "\"releases\":[]}"
      })
  void rootThatIsGarbled_isNoEmptyDatabase(String garbled) {
    bucket.write(ROOT, garbled);

    assertRefused(bucket.database(), "is damaged");
    assertRefused(bucket.database(), "the objects under 'records/'");
    assertRefused(database, "is damaged");
    assertThrows(DatabaseException.class, () -> releases(database).revision());
    assertEquals(garbled, bucket.read(ROOT));
  }

  @Test
  void rootWithTheSameReleaseTwice_isDamaged() {
    String root = bucket.read(ROOT);
    int start = root.indexOf('{', root.indexOf("\"releases\""));
    String first = root.substring(start, root.indexOf('}', start) + 1);
    bucket.write(ROOT, root.replace(first, first + "," + first));

    assertRefused(database, "is damaged");
  }

  @Test
  void rootOfANewerVersion_isRefused() {
    bucket.write(ROOT, bucket.read(ROOT).replace("\"format\":1", "\"format\":2"));

    assertThrows(SchemaException.class, () -> releases(database).snapshot());
    assertThrows(SchemaException.class, () -> put(database, release(9)));
  }

  private String keyOf(int number) {
    for (String key : bucket.keys()) {
      if (key.contains("/records/") && bucket.read(key).contains(releaseId(number).value())) {
        return key;
      }
    }
    throw new AssertionError("there is no object of release " + number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "garbled", "other"})
  void releaseWithoutItsObject_isLeftOutAndCounted(String damage) {
    Revision known = releases(database).revision();
    put(database, release(2, "changed"));
    damage(keyOf(2), damage);

    ReleaseDatabase fresh = bucket.database();
    ReleaseSnapshot snapshot = releases(fresh).snapshot();

    assertEquals(1, snapshot.unreadable());
    assertEquals(
        Content.of(List.of(APP), List.of(release(1), release(3))),
        Content.of(snapshot.apps(), snapshot.releases()));
    assertEquals(Optional.empty(), releases(fresh).changesSince(known));
    DatabaseException e =
        assertThrows(DatabaseException.class, () -> releases(fresh).findRelease(releaseId(2)));
    assertTrue(String.valueOf(e.getMessage()).contains(keyOfRoot(2)), e::toString);
    assertThrows(
        DatabaseException.class,
        () -> commit(fresh, ReleaseWrite.replace(release(2), release(2, "changed"))));
    assertThrows(DatabaseException.class, () -> commit(fresh, ReleaseWrite.create(release(2))));
    assertEquals(Optional.of(release(1)), releases(fresh).findRelease(releaseId(1)));
  }

  private void damage(String key, String damage) {
    switch (damage) {
      case "missing" -> bucket.delete(key);
      case "garbled" -> bucket.write(key, bucket.read(key).replace("changed", "tampered"));
      default -> bucket.write(key, bucket.read(keyOf(1)));
    }
  }

  /** A part of the key of the object that the root names. */
  private String keyOfRoot(int number) {
    String root = bucket.read(ROOT);
    int record = root.indexOf("\"record\":\"", root.indexOf(releaseId(number).value()));
    return root.substring(record + 10, record + 10 + 69);
  }

  @Test
  void releaseWithoutItsObject_isWrittenAnewOrDeleted() {
    bucket.delete(keyOf(1));
    bucket.delete(keyOf(2));
    ReleaseDatabase fresh = bucket.database();

    commit(fresh, ReleaseWrite.put(release(1)), ReleaseWrite.delete(releaseId(2)));

    assertEquals(
        Content.of(List.of(APP), List.of(release(1), release(3))), content(bucket.database()));
    assertEquals(0, releases(fresh).snapshot().unreadable());
  }

  @Test
  void appWithoutItsObject_isNoMissingApp() {
    ReleaseDatabase fresh = bucket.database();
    for (String key : bucket.keys()) {
      if (key.contains("/records/") && !bucket.read(key).contains("app_id")) {
        bucket.delete(key);
      }
    }

    assertThrows(DatabaseException.class, () -> releases(fresh).findApp(APP.id()));
    assertThrows(DatabaseException.class, () -> commit(fresh, ReleaseWrite.create(APP)));
    assertThrows(
        DatabaseException.class,
        () -> commit(fresh, ReleaseWrite.replace(APP.withSlug(Slug.of("slug")), APP)));
    assertEquals(1, releases(fresh).snapshot().unreadable());
    assertEquals(3, releases(fresh).snapshot().releases().size());
  }

  /** An older version of the list, as from a backup, is another state of the database. */
  @Test
  void rootThatIsPutBack_isSeenByAServerThatKnowsTheLaterOne() {
    String root = bucket.read(ROOT);
    commit(database, ReleaseWrite.create(release(4)));
    Revision later = releases(database).revision();
    Optional<String> fingerprint = releases(database).fingerprint();

    bucket.write(ROOT, root);

    assertEquals(FILLED, content(database));
    assertFalse(later.equals(releases(database).revision()));
    assertFalse(fingerprint.equals(releases(database).fingerprint()));
    assertEquals(
        Set.of(releaseId(4)), releases(database).changesSince(later).orElseThrow().absent());
  }

  private void replaceInRoot(String old, String replacement) {
    String root = bucket.read(ROOT);
    assertTrue(root.contains(old), root);
    bucket.write(ROOT, root.replace(old, replacement));
  }

  private static void assertNamed(String name, Executable call) {
    DatabaseException e = assertThrows(DatabaseException.class, call);
    assertTrue(String.valueOf(e.getMessage()).contains(name), e::toString);
  }

  /** As when a word becomes reserved. */
  @Test
  void appWithASlugThatIsNotAccepted_isUnreadableByItself() {
    App named = APP.withSlug(Slug.of("mine"));
    commit(database, ReleaseWrite.put(named));
    replaceInRoot("\"slug\":\"mine\"", "\"slug\":\"admin\"");
    ReleaseDatabase fresh = bucket.database();
    String id = APP.id().value();

    assertEquals(1, releases(fresh).snapshot().unreadable());
    assertEquals(
        Content.of(List.of(), List.of(release(1), release(2), release(3))), content(fresh));
    assertNamed(id, () -> releases(fresh).findApp(APP.id()));
    assertNamed(id, () -> commit(fresh, ReleaseWrite.create(APP)));
    assertNamed(id, () -> commit(fresh, ReleaseWrite.replace(APP, named)));

    put(fresh, release(4));
    assertTrue(bucket.read(ROOT).contains("\"slug\":\"admin\""), "it stays as it is");

    commit(fresh, ReleaseWrite.put(named));
    assertEquals(0, releases(bucket.database()).snapshot().unreadable());
    assertEquals(Optional.of(named), releases(bucket.database()).findApp(APP.id()));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"version\":\"1.0.2\"','\"version\":\"1.0.02\"'",
    "'\"app\":\"com.example.app\",\"channel\":\"stable\",\"version\":\"1.0.2\"',"
        + "'\"app\":\"?\",\"channel\":\"stable\",\"version\":\"1.0.2\"'"
  })
  void releaseWithANameThatIsNotAccepted_isUnreadableByItself(String accepted, String other) {
    replaceInRoot(accepted, other);
    ReleaseDatabase fresh = bucket.database();
    String id = releaseId(2).value();

    assertEquals(1, releases(fresh).snapshot().unreadable());
    assertEquals(Content.of(List.of(APP), List.of(release(1), release(3))), content(fresh));
    assertNamed(id, () -> releases(fresh).findRelease(releaseId(2)));
    assertNamed(id, () -> commit(fresh, ReleaseWrite.create(release(2))));
    assertNamed(id, () -> commit(fresh, ReleaseWrite.replace(release(2, "b"), release(2))));
    assertNamed(id, () -> commit(fresh, ReleaseWrite.delete(release(2))));

    put(fresh, release(4));
    assertTrue(bucket.read(ROOT).contains(other), "it stays as it is");

    commit(fresh, ReleaseWrite.delete(releaseId(2)));
    assertEquals(
        Content.of(List.of(APP), List.of(release(1), release(3), release(4))),
        content(bucket.database()));
    assertEquals(0, releases(bucket.database()).snapshot().unreadable());
  }
}
