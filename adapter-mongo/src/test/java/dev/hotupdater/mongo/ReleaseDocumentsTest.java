package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.ReleaseSamples.app;
import static dev.hotupdater.mongo.ReleaseSamples.appId;
import static dev.hotupdater.mongo.ReleaseSamples.release;
import static dev.hotupdater.mongo.ReleaseSamples.releaseId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.release.RecordRevision;
import dev.hotupdater.release.Release;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents of apps and releases, and what becomes of those that were changed by hand. */
class ReleaseDocumentsTest {
  private final TestServer server = TestServer.start();
  private final String name = server.emptied();

  @AfterEach
  void stop() {
    server.close();
  }

  private MongoDatabase database() {
    return server.database(name);
  }

  private MongoCollection<Document> collection(ReleaseTable table) {
    return database().getCollection(table.collection());
  }

  private ReleaseStore store() {
    return MongoBundleDatabase.create(server.client(), name).releases(RequestContext.none());
  }

  private void commit(ReleaseWrite... writes) {
    store().commit(List.of(writes));
  }

  private void setOfRelease(int number, String field, Object value) {
    collection(ReleaseTable.RELEASES)
        .updateOne(Filters.eq("id", releaseId(number).value()), Updates.set(field, value));
  }

  @Test
  void document_hasTheRecordAsTextAndItsNameBesideIt() {
    commit(
        ReleaseWrite.create(app(1, "first")), ReleaseWrite.create(release(1, "1.0.0+7", "notes")));

    Document app = collection(ReleaseTable.APPS).find().first();
    Document release = collection(ReleaseTable.RELEASES).find().first();

    assertEquals(
        Set.of("_id", "java_commit", "id", "slug", "record"),
        Optional.ofNullable(app).orElseThrow().keySet());
    assertEquals("first", app.get("slug"));
    assertEquals(
        Set.of("_id", "java_commit", "id", "app_id", "channel", "version", "record"),
        Optional.ofNullable(release).orElseThrow().keySet());
    assertEquals("1.0.0+7", release.get("version"));
    assertTrue(release.getString("record").contains("\"notes\":\"notes\""), release.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"\":1,\"a.b\":{\"$set\":{\"$where\":1}},\"no\":null}",
        "{\"large\":9007199254740993,\"larger\":123456789012345678901234567890}",
        "{\"whole\":1.0,\"large\":1.0E10,\"half\":0.5,\"tiny\":1.0E-300,\"zero\":-0.0}",
        "{\"deep\":{\"deep\":{\"deep\":[[[[{\"a\":[]}]]]]}}}"
      })
  void metadata_isReadAsItWasWritten(String json) {
    Release release =
        release(1, "1.0.0", "").toBuilder().metadata(Metadata.parse(json).orElseThrow()).build();

    commit(ReleaseWrite.create(release));

    Release read = store().findRelease(releaseId(1)).orElseThrow();
    assertEquals(json, read.metadata().toJson());
    assertEquals(RecordRevision.of(release), RecordRevision.of(read));
    commit(ReleaseWrite.replace(release(1, "1.0.0", "other"), release));
  }

  @Test
  void recordsThatExchangeTheirNames_areWritten() {
    commit(
        ReleaseWrite.create(app(1, "first")),
        ReleaseWrite.create(app(2, "second")),
        ReleaseWrite.create(release(1, "1.0.0", "a")),
        ReleaseWrite.create(release(2, "2.0.0", "b")));

    commit(
        ReleaseWrite.put(app(1, "second")),
        ReleaseWrite.put(app(2, "first")),
        ReleaseWrite.put(release(1, "2.0.0", "a")),
        ReleaseWrite.put(release(2, "1.0.0", "b")));

    assertEquals(Optional.of(app(1, "second")), store().findApp(appId(1)));
    assertEquals(Optional.of(app(2, "first")), store().findApp(appId(2)));
    assertEquals(Optional.of(release(1, "2.0.0", "a")), store().findRelease(releaseId(1)));
    assertEquals(Optional.of(release(2, "1.0.0", "b")), store().findRelease(releaseId(2)));
  }

  @Test
  void documentsThatMakeNoSense_areSkippedWithOneWarningEachAndCounted() {
    commit(
        ReleaseWrite.create(app(1, "first")),
        ReleaseWrite.create(app(2, "second")),
        ReleaseWrite.create(release(1, "1.0.0", "a")),
        ReleaseWrite.create(release(2, "2.0.0", "b")),
        ReleaseWrite.create(release(3, "3.0.0", "c")));
    setOfRelease(2, "record", "{\"id\":");
    setOfRelease(3, "version", "3.0.1");
    collection(ReleaseTable.APPS).updateOne(Filters.eq("slug", "second"), Updates.set("record", 7));
    collection(ReleaseTable.APPS).insertOne(new Document("id", "a\nb").append("record", "[]"));

    String text =
        standardError(
            () -> {
              ReleaseStore store = store();
              for (int i = 0; i < 3; i++) {
                ReleaseSnapshot snapshot = store.snapshot();
                assertEquals(List.of(app(1, "first")), snapshot.apps());
                assertEquals(List.of(release(1, "1.0.0", "a")), snapshot.releases());
                assertEquals(4, snapshot.unreadable());
              }
              assertUnreadable(releaseId(2), () -> store.findRelease(releaseId(2)));
              assertUnreadable(appId(2), () -> store.findApp(appId(2)));
            });

    assertEquals(4, text.lines().filter(line -> line.contains("Skipping")).count(), text);
    assertTrue(text.contains("hot_updater_apps with id 'a?b'"), text);
  }

  private static String standardError(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }

  /** Only what makes no sense: a conflict would have the caller try again. */
  private static void assertUnreadable(Object id, Executable work) {
    DatabaseException e = assertThrowsExactly(DatabaseException.class, work);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("with id '" + id + "' cannot be read by this server"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"record", "slug"})
  void appThatMakesNoSense_isNotTakenForAbsent(String field) {
    commit(ReleaseWrite.create(app(1, "first")));
    collection(ReleaseTable.APPS).updateOne(new Document(), Updates.set(field, "{}"));

    assertUnreadable(appId(1), () -> store().findApp(appId(1)));
    for (ReleaseWrite write :
        List.of(
            ReleaseWrite.create(app(1, "first")),
            ReleaseWrite.replace(app(1, "other"), app(1, "first")))) {
      assertUnreadable(appId(1), () -> commit(ReleaseWrite.put(app(2, "second")), write));
    }

    assertEquals(List.of(), store().snapshot().apps());
    assertEquals(1, store().snapshot().unreadable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"record", "version"})
  void releaseThatMakesNoSense_isNotTakenForAbsent(String field) {
    Release stored = release(1, "1.0.0", "a");
    commit(ReleaseWrite.create(stored));
    setOfRelease(1, field, "{}");

    assertUnreadable(releaseId(1), () -> store().findRelease(releaseId(1)));
    for (ReleaseWrite write :
        List.of(
            ReleaseWrite.create(stored),
            ReleaseWrite.replace(release(1, "1.0.0", "b"), stored),
            ReleaseWrite.delete(stored))) {
      assertUnreadable(
          releaseId(1), () -> commit(ReleaseWrite.put(release(2, "2.0.0", "b")), write));
    }

    assertEquals(List.of(), store().snapshot().releases());
    assertEquals(1, store().snapshot().unreadable());
  }

  @Test
  void documentThatMakesNoSense_isAsExpectedOnceTheSameCommitHasWrittenIt() {
    Release release = release(1, "1.0.0", "a");
    commit(ReleaseWrite.create(app(1, "first")), ReleaseWrite.create(release));
    setOfRelease(1, "record", "{}");
    collection(ReleaseTable.APPS).updateOne(new Document(), Updates.set("record", "{}"));

    commit(
        ReleaseWrite.put(app(1, "first")),
        ReleaseWrite.replace(app(1, "other"), app(1, "first")),
        ReleaseWrite.delete(releaseId(1)),
        ReleaseWrite.create(release));

    assertEquals(List.of(app(1, "other")), store().snapshot().apps());
    assertEquals(List.of(release), store().snapshot().releases());
    assertEquals(0, store().snapshot().unreadable());
  }

  @Test
  void changesSince_whileAnAppMakesNoSense_areUnknown() {
    commit(ReleaseWrite.create(app(1, "first")));
    Revision known = store().revision();
    commit(ReleaseWrite.create(release(1, "1.0.0", "a")));
    assertTrue(store().changesSince(known).isPresent());

    collection(ReleaseTable.APPS).updateOne(new Document(), Updates.set("record", "{}"));

    assertEquals(Optional.empty(), store().changesSince(known));
    commit(ReleaseWrite.put(app(1, "first")));
    assertEquals(List.of(app(1, "first")), store().changesSince(known).orElseThrow().apps());
  }

  @Test
  void commit_saysNothingAboutDocumentsThatItMayHaveReadDuringAnother() {
    Document twin = Document.parse(new ReleaseForm().fields(release(1, "1.0.0", "a")).toJson());
    collection(ReleaseTable.RELEASES).drop();
    collection(ReleaseTable.RELEASES).insertMany(List.of(new Document(twin), new Document(twin)));
    Access access = Access.of(database()).to(Journal.RELEASES);
    ReleaseReader reader = new ReleaseReader(access, new UnreadableDocuments());
    List<ReleaseWrite> writes = List.of(ReleaseWrite.put(release(1, "1.0.0", "b")));

    String whileDrafting =
        standardError(() -> ReleaseDraft.of(writes, Head.nextRevision(), reader));
    String whileReading = standardError(() -> store().snapshot());

    assertFalse(whileDrafting.contains("Skipping"), whileDrafting);
    assertTrue(whileReading.contains("Skipping"), whileReading);
  }

  @Test
  void writersThatWantTheSameNamesWithoutIndexes_oneGetsThem() throws Exception {
    List<ReleaseStore> stores = List.of(store(), store(), store(), store());
    for (ReleaseStore store : stores) {
      store.commit(List.of());
    }
    for (ReleaseTable table : ReleaseTable.values()) {
      collection(table).drop();
    }
    ExecutorService threads = Executors.newFixedThreadPool(stores.size());
    try {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int number = 0; number < stores.size(); number++) {
        ReleaseStore store = stores.get(number);
        List<ReleaseWrite> writes =
            List.of(
                ReleaseWrite.create(app(number, "wanted")),
                ReleaseWrite.create(release(number, "1.0.0", "wanted")));
        work.add(() -> isCommitted(store, writes));
      }
      int committed = 0;
      for (Future<Boolean> result : threads.invokeAll(work)) {
        committed += result.get() ? 1 : 0;
      }

      assertEquals(1, committed);
      assertEquals(1, collection(ReleaseTable.APPS).countDocuments());
      assertEquals(1, collection(ReleaseTable.RELEASES).countDocuments());
      assertEquals(1, collection(ReleaseTable.APPS).listIndexes().into(new ArrayList<>()).size());
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isCommitted(ReleaseStore store, List<ReleaseWrite> writes) {
    try {
      store.commit(writes);
      return true;
    } catch (AlreadyTakenException e) {
      return false;
    }
  }

  @Test
  void documentsThatMakeNoSense_keepTheirNamesUntilTheyAreRepairedOrDeleted() {
    commit(ReleaseWrite.create(app(2, "second")), ReleaseWrite.create(release(2, "2.0.0", "b")));
    setOfRelease(2, "record", "{}");
    collection(ReleaseTable.APPS)
        .updateOne(Filters.eq("slug", "second"), Updates.set("record", "{}"));

    assertThrows(
        AlreadyTakenException.class,
        () -> commit(ReleaseWrite.create(release(3, "2.0.0", "another"))));
    assertThrows(AlreadyTakenException.class, () -> commit(ReleaseWrite.create(app(3, "second"))));
    commit(ReleaseWrite.put(app(2, "second")), ReleaseWrite.delete(releaseId(2)));
    commit(ReleaseWrite.create(release(3, "2.0.0", "another")));

    assertEquals(Optional.of(app(2, "second")), store().findApp(appId(2)));
    assertEquals(List.of(release(3, "2.0.0", "another")), store().snapshot().releases());
    assertEquals(0, store().snapshot().unreadable());
  }

  @Test
  void changeByHand_changesTheFingerprintAndNotTheRevision() {
    commit(ReleaseWrite.create(app(1, "first")), ReleaseWrite.create(release(1, "1.0.0", "a")));
    Optional<String> before = store().fingerprint();
    Revision revision = store().revision();

    collection(ReleaseTable.APPS).deleteOne(Filters.eq("slug", "first"));
    Optional<String> without = store().fingerprint();
    setOfRelease(1, "record", "{}");

    assertNotEquals(before, without);
    assertNotEquals(without, store().fingerprint());
    assertEquals(revision, store().revision());
  }

  @Test
  void twoDocumentsWithOneId_areOneReleaseAndReplacedTogether() {
    collection(ReleaseTable.RELEASES).drop();
    Document first = Document.parse(new ReleaseForm().fields(release(1, "1.0.0", "a")).toJson());
    collection(ReleaseTable.RELEASES).insertOne(new Document(first));
    collection(ReleaseTable.RELEASES).insertOne(new Document(first));

    assertEquals(List.of(release(1, "1.0.0", "a")), store().snapshot().releases());
    assertEquals(1, store().snapshot().unreadable());

    commit(ReleaseWrite.put(release(1, "1.0.0", "b")));

    assertEquals(List.of(release(1, "1.0.0", "b")), store().snapshot().releases());
    assertEquals(0, store().snapshot().unreadable());
    assertEquals(1, collection(ReleaseTable.RELEASES).countDocuments());
  }

  @Test
  void databaseOfTheNodeServer_isEmptyAndGetsTheCollectionsWithItsFirstCommit() {
    String node = TestServer.unused();
    MongoDatabase database = server.database(node);
    NodeServer.load(database);
    MongoBundleDatabase opened = MongoBundleDatabase.create(server.client(), node);
    opened.check();
    ReleaseStore store = opened.releases(RequestContext.none());

    assertEquals(List.of(), store.snapshot().releases());
    assertEquals(Optional.empty(), store.findRelease(releaseId(1)));
    assertEquals(Optional.empty(), store.changesSince(new Revision("other")));
    assertEquals(store.fingerprint(), store.fingerprint());
    assertFalse(names(database).contains("hot_updater_releases"));

    store.commit(List.of(ReleaseWrite.create(release(1, "1.0.0", "a"))));

    assertTrue(names(database).contains("hot_updater_apps"));
    assertEquals(List.of(release(1, "1.0.0", "a")), store.snapshot().releases());
    assertThrows(
        MongoWriteException.class,
        () ->
            database
                .getCollection("hot_updater_releases")
                .insertOne(
                    new Document("id", "other")
                        .append("app_id", appId(1).value())
                        .append("channel", "stable")
                        .append("version", "1.0.0")));
    assertEquals(NodeServer.expected(), NodeServer.listed(opened));
  }

  private static List<String> names(MongoDatabase database) {
    return database.listCollectionNames().into(new ArrayList<>());
  }

  @Test
  void databaseWithoutASchema_isRefused() {
    ReleaseStore store =
        MongoBundleDatabase.create(server.client(), TestServer.unused())
            .releases(RequestContext.none());

    assertThrows(SchemaException.class, store::snapshot);
    assertThrows(
        SchemaException.class,
        () -> store.commit(List.of(ReleaseWrite.create(release(1, "1.0.0", "a")))));
  }

  @Test
  void indexes_areCreatedByTheMigration() {
    List<String> indexes =
        collection(ReleaseTable.APPS).listIndexes().into(new ArrayList<>()).stream()
            .filter(index -> Boolean.TRUE.equals(index.get("unique")))
            .map(index -> index.getString("name"))
            .toList();

    assertTrue(indexes.contains("hot_updater_apps_slug_unique_idx"), indexes.toString());
    assertEquals(List.of(), MongoSchema.of(server.client(), name).migrate());
  }
}
