package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.Samples.bundle;
import static dev.hotupdater.mongo.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleFilter;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of other software: of the Node server, and of whoever changed them by hand. */
class NodeDatabaseTest {
  private static final BundleId BASE = BundleId.of("0198c0de-1011-7a0b-8c0d-000000000011");
  private static final BundleId PATCHED = BundleId.of("0198c0de-1012-7a0b-8c0d-000000000012");

  private final TestServer server = TestServer.start();
  private final String name = TestServer.unused();

  @BeforeEach
  void load() {
    NodeServer.load(database());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private MongoDatabase database() {
    return server.database(name);
  }

  private MongoCollection<BsonDocument> collection(Table table) {
    return database().getCollection(table.collection(), BsonDocument.class);
  }

  private MongoBundleDatabase opened() {
    return MongoBundleDatabase.create(server.client(), name);
  }

  private BundleStore store() {
    return opened().bundles(RequestContext.none());
  }

  private List<BsonDocument> documents(String database, Table table) {
    List<BsonDocument> documents =
        server
            .database(database)
            .getCollection(table.collection(), BsonDocument.class)
            .find()
            .sort(Sorts.ascending(Fields.ID))
            .into(new ArrayList<>());
    for (BsonDocument document : documents) {
      document.remove(Fields.KEY);
      document.remove(Fields.COMMIT);
    }
    return documents;
  }

  private void set(BundleId id, String field, Object value) {
    collection(Table.BUNDLES)
        .updateOne(Filters.eq(Fields.ID, id.toString()), Updates.set(field, value));
  }

  private Bundle found(BundleId id) {
    return store().find(id).orElseThrow();
  }

  @Test
  void database_isReadAsTheNodeServerReadsIt() {
    opened().check();

    assertEquals(NodeServer.expected(), NodeServer.listed(opened()));
  }

  @Test
  void documentsThatAreWritten_areThoseThatTheNodeServerWrites() {
    String other = server.emptied();
    List<BundleWrite> writes =
        NodeServer.expected().stream().map(BundleJson::read).map(BundleWrite::put).toList();

    MongoBundleDatabase.create(server.client(), other)
        .bundles(RequestContext.none())
        .commit(writes);

    assertEquals(
        plainNumbers(documents(name, Table.BUNDLES)),
        plainNumbers(documents(other, Table.BUNDLES)));
    assertEquals(documents(name, Table.PATCHES), documents(other, Table.PATCHES));
  }

  /** Node's driver writes large integers as doubles, and reads either. */
  private static List<JsonNode> plainNumbers(List<BsonDocument> documents) {
    return documents.stream()
        .<JsonNode>map(document -> JsonField.metadata(document).toObject())
        .toList();
  }

  @Test
  void commit_changesWhatItIsAbout() {
    Bundle read = found(PATCHED);
    Bundle changed = read.toBuilder().message(Optional.of("changed")).build();

    store()
        .commit(
            List.of(
                BundleWrite.replace(changed, BundleRevision.of(read)), BundleWrite.delete(BASE)));

    Bundle written = found(PATCHED);
    assertEquals(Optional.of("changed"), written.message());
    assertEquals(read.patches().size() - 1, written.patches().size());
    assertEquals(Optional.empty(), store().find(BASE));
    assertEquals(NodeServer.expected().size() - 1, collection(Table.BUNDLES).countDocuments());
  }

  @Test
  void fieldsOfOthers_surviveAWrite() {
    set(PATCHED, "reviewed_by", "somebody");
    collection(Table.PATCHES)
        .updateMany(Filters.eq("bundle_id", PATCHED.toString()), Updates.set("size", 7));
    Bundle read = found(PATCHED);
    assertTrue(!read.patches().isEmpty());

    store().commit(List.of(BundleWrite.put(read.toBuilder().message(Optional.of("new")).build())));

    BsonDocument document =
        collection(Table.BUNDLES).find(Filters.eq(Fields.ID, PATCHED.toString())).first();
    assertEquals("somebody", document == null ? "" : document.getString("reviewed_by").getValue());
    assertEquals(
        read.patches().size(), collection(Table.PATCHES).countDocuments(Filters.eq("size", 7)));
    assertEquals(Optional.of("new"), found(PATCHED).message());
  }

  @Test
  void writeOfTheNodeServer_changesTheFingerprintAndIsRead() {
    BundleStore store = store();
    store.commit(List.of(BundleWrite.put(bundle(1, "ours"))));
    Optional<String> before = store.fingerprint();

    collection(Table.BUNDLES)
        .updateOne(
            Filters.eq(Fields.ID, id(1).toString()),
            Updates.set("message", "theirs"),
            new UpdateOptions().upsert(true));
    Optional<String> changed = store.fingerprint();
    collection(Table.PATCHES).deleteMany(Filters.eq("bundle_id", PATCHED.toString()));
    Optional<String> without = store.fingerprint();

    assertNotEquals(before, changed);
    assertNotEquals(changed, without);
    assertEquals(Optional.of("theirs"), store.find(id(1)).orElseThrow().message());
    assertEquals(List.of(), found(PATCHED).patches());
    store.commit(List.of(BundleWrite.put(bundle(1, "ours again"))));
    assertEquals(Optional.of("ours again"), store.find(id(1)).orElseThrow().message());
  }

  @Test
  void numbersOfOtherTypes_areRead() {
    set(PATCHED, "rollout_cohort_count", 250L);
    assertEquals(Rollout.of(250), found(PATCHED).rollout());
    set(PATCHED, "rollout_cohort_count", 250.0);
    assertEquals(Rollout.of(250), found(PATCHED).rollout());
    set(PATCHED, "rollout_cohort_count", Decimal128.parse("250"));
    assertEquals(Rollout.of(250), found(PATCHED).rollout());
    set(PATCHED, "rollout_cohort_count", 5000);
    assertEquals(Rollout.FULL, found(PATCHED).rollout());
    set(PATCHED, "rollout_cohort_count", "some");
    assertEquals(Rollout.of(0), found(PATCHED).rollout());
    set(PATCHED, "enabled", 0);
    assertEquals(false, found(PATCHED).enabled());
    set(PATCHED, "enabled", 1L);
    assertEquals(true, found(PATCHED).enabled());
    set(PATCHED, "enabled", BsonNull.VALUE);
    assertEquals(false, found(PATCHED).enabled());
  }

  @Test
  void jsonAsText_isRead() {
    set(PATCHED, "metadata", "{\"a\":[1,{\"b\":null}]}");
    set(PATCHED, "target_cohorts", "[\"qa\",\"7\",8]");

    assertEquals("{\"a\":[1,{\"b\":null}]}", found(PATCHED).metadata().toJson());
    assertEquals("[qa, 7]", found(PATCHED).targetCohorts().orElseThrow().toString());

    set(PATCHED, "metadata", List.of(1));
    set(PATCHED, "target_cohorts", "no JSON");
    assertEquals(Metadata.empty(), found(PATCHED).metadata());
    assertEquals(Optional.empty(), found(PATCHED).targetCohorts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"\":1}",
        "{\"a.b\":1}",
        "{\"$set\":{\"$where\":1}}",
        "{\"large\":9007199254740993,\"larger\":123456789012345678901234567890}",
        "{\"whole\":1.0,\"wholeAndLarge\":1.0E10,\"half\":0.5,\"tiny\":1.0E-300}",
        "{\"long\":12345678901,\"int\":-7,\"zero\":-0.0}",
        "{\"deep\":{\"deep\":{\"deep\":[[[[{\"a\":[]}]]]]}}}"
      })
  void metadata_isReadAsItWasWritten(String json) {
    Bundle bundle = bundle(1, "m").toBuilder().metadata(Metadata.parse(json).orElseThrow()).build();

    store().commit(List.of(BundleWrite.put(bundle)));

    assertEquals(json, found(id(1)).metadata().toJson());
    assertEquals(BundleRevision.of(bundle), BundleRevision.of(found(id(1))));
    store().commit(List.of(BundleWrite.replace(bundle, BundleRevision.of(bundle))));
  }

  @Test
  void idInUpperCase_isTheSameBundle() {
    String upper = PATCHED.toString().toUpperCase(Locale.ROOT);
    Bundle read = found(PATCHED);
    set(PATCHED, Fields.ID, upper);
    collection(Table.PATCHES)
        .updateMany(Filters.eq("bundle_id", PATCHED.toString()), Updates.set("bundle_id", upper));

    assertEquals(read, found(PATCHED));
    store().commit(List.of(BundleWrite.replace(read, BundleRevision.of(read))));

    assertEquals(read, found(PATCHED));
    assertEquals(NodeServer.expected().size(), collection(Table.BUNDLES).countDocuments());
    store().commit(List.of(BundleWrite.delete(PATCHED)));
    assertEquals(Optional.empty(), store().find(PATCHED));
    assertEquals(NodeServer.expected().size() - 1, collection(Table.BUNDLES).countDocuments());
  }

  @Test
  void documentsThatMakeNoSense_areSkippedWithOneWarningEach() {
    set(PATCHED, "platform", "windows");
    set(BASE, "storage_uri", 7);
    database().getCollection("bundles").insertOne(new Document());
    database().getCollection("bundles").insertOne(new Document("id", 7));
    database().getCollection("bundles").insertOne(new Document("id", "a\nb").append("x", 1));
    database().getCollection("bundle_patches").insertOne(new Document("bundle_id", List.of()));
    database()
        .getCollection("bundle_patches")
        .insertOne(new Document("bundle_id", id(3).toString()).append("order_index", "first"));
    int readable = NodeServer.expected().size() - 2;

    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      BundleStore store = store();
      for (int i = 0; i < 3; i++) {
        assertEquals(readable, store.snapshot().bundles().size());
      }
      assertEquals(
          readable, store.list(BundleQuery.first(BundleFilter.all())).pagination().total());
      assertEquals(Optional.empty(), store.find(PATCHED));
      assertTrue(!store.channels().isEmpty());
      store.commit(List.of(BundleWrite.put(bundle(1, "still works"))));
      assertEquals(readable + 1, store.snapshot().bundles().size());
    } finally {
      System.setErr(before);
    }

    String text = log.toString(StandardCharsets.UTF_8);
    // Two documents without a usable id cannot be told apart.
    assertEquals(4, text.lines().filter(line -> line.contains("Skipping")).count(), text);
    assertTrue(text.contains("'a?b'"), text);
  }

  @Test
  void documentThatMakesNoSense_isRepairedByAPut() {
    Bundle read = found(PATCHED);
    set(PATCHED, "platform", "windows");

    store().commit(List.of(BundleWrite.put(read)));

    assertEquals(read, found(PATCHED));
    assertEquals(NodeServer.expected().size(), collection(Table.BUNDLES).countDocuments());
  }

  @Test
  void twoDocumentsWithOneId_areOneBundleAndDeletedTogether() {
    collection(Table.BUNDLES)
        .insertOne(
            collection(Table.BUNDLES)
                .find(Filters.eq(Fields.ID, PATCHED.toString()))
                .map(
                    document -> {
                      document.put(Fields.KEY, new BsonObjectId());
                      return document.append("message", new BsonString("second"));
                    })
                .first());

    assertEquals(NodeServer.expected().size(), store().snapshot().bundles().size());

    store().commit(List.of(BundleWrite.delete(PATCHED)));

    assertEquals(Optional.empty(), store().find(PATCHED));
    assertEquals(NodeServer.expected().size() - 1, collection(Table.BUNDLES).countDocuments());
  }

  @Test
  void patchWhoseBaseIsGone_isGoneToo() {
    Bundle read = found(PATCHED);
    BundleId base = read.patches().get(0).baseBundleId();
    collection(Table.BUNDLES).deleteOne(Filters.eq(Fields.ID, base.toString()));

    assertEquals(read.patches().size() - 1, found(PATCHED).patches().size());
    assertEquals(new TreeSet<>(store().channels()), store().channels());
  }
}
