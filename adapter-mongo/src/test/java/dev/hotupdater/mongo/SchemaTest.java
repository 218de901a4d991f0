package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.Samples.bundle;
import static dev.hotupdater.mongo.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.SchemaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Creating and migrating the collections. */
class SchemaTest {
  private final TestServer server = TestServer.start();
  private final String name = TestServer.unused();

  @AfterEach
  void stop() {
    server.close();
  }

  private MongoSchema schema() {
    return MongoSchema.of(server.client(), name);
  }

  private MongoBundleDatabase opened() {
    return MongoBundleDatabase.create(server.client(), name);
  }

  private MongoDatabase database() {
    return server.database(name);
  }

  private MongoCollection<Document> settings() {
    return database().getCollection("private_hot_updater_settings");
  }

  private void record(Object version) {
    settings().insertOne(new Document("key", "version").append("value", version));
  }

  private static Document oldBundle(int number) {
    return new Document("id", id(number).toString())
        .append("platform", "ios")
        .append("should_force_update", false)
        .append("enabled", true)
        .append("file_hash", "hash")
        .append("channel", "production")
        .append("storage_uri", "s3://updates/" + number + ".zip")
        .append("target_app_version", "1.x")
        .append("metadata", new Document("app_version", "1.0"));
  }

  private static SchemaStatus.State state(MongoSchema schema) {
    return schema.status().state();
  }

  @Test
  void missingSchema_isRefusedWithWhatToDo() {
    SchemaException e = assertThrows(SchemaException.class, opened()::check);

    assertTrue(String.valueOf(e.getMessage()).contains("MongoSchema.of(client"), e.getMessage());
    assertEquals(SchemaStatus.State.MISSING, state(schema()));
    assertThrows(SchemaException.class, () -> opened().bundles(RequestContext.none()).snapshot());
    assertThrows(
        SchemaException.class,
        () ->
            opened()
                .bundles(RequestContext.none())
                .commit(List.of(BundleWrite.put(bundle(1, "a")))));
    assertEquals(List.of(), database().listCollectionNames().into(new ArrayList<>()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.21.0", "0.29.0"})
  void oldSchema_isRefusedAndThenMigrated(String version) {
    record(version);
    database().getCollection("bundles").insertMany(List.of(oldBundle(1), oldBundle(2)));
    SchemaException e = assertThrows(SchemaException.class, opened()::check);
    assertTrue(String.valueOf(e.getMessage()).contains("Migrate it with"), e.getMessage());

    List<String> done = schema().migrate();

    assertTrue(done.contains("recorded the version 0.31.0"), done.toString());
    opened().check();
    Document migrated =
        Optional.ofNullable(
                database()
                    .getCollection("bundles")
                    .find(Filters.eq("id", id(1).toString()))
                    .first())
            .orElseThrow();
    assertEquals(1000, migrated.get("rollout_cohort_count"));
    assertTrue(migrated.containsKey("target_cohorts"));
    assertTrue(migrated.containsKey("asset_base_storage_uri"));
    assertEquals(new Document("app_version", "1.0"), migrated.get("metadata"));
    Bundle read = opened().bundles(RequestContext.none()).find(id(2)).orElseThrow();
    assertEquals(Rollout.FULL, read.rollout());
    assertEquals(1, settings().countDocuments(Filters.eq("key", "version")));
    assertEquals(List.of(), schema().migrate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.32.0", "1.0.0", "something"})
  void newerSchema_isRefusedAndLeftAlone(String version) {
    record(version);

    SchemaException e = assertThrows(SchemaException.class, opened()::check);
    assertTrue(String.valueOf(e.getMessage()).contains("newer version"), e.getMessage());
    assertThrows(SchemaException.class, schema()::migrate);
    assertEquals(version, schema().status().version().orElseThrow());
    assertEquals(
        List.of("private_hot_updater_settings"),
        database().listCollectionNames().into(new ArrayList<>()));
  }

  @Test
  void unknownOldSchema_isRefusedByTheMigration() {
    record("0.12.0");

    SchemaException e = assertThrows(SchemaException.class, schema()::migrate);

    assertTrue(String.valueOf(e.getMessage()).contains("0.21.0, 0.29.0"), e.getMessage());
  }

  @Test
  void collectionOfSomethingElse_isLeftAlone() {
    database().getCollection("bundles").insertOne(new Document("name", "gift set"));

    SchemaException e = assertThrows(SchemaException.class, schema()::migrate);

    assertTrue(String.valueOf(e.getMessage()).contains("nothing was changed"), e.getMessage());
    assertEquals(List.of("bundles"), database().listCollectionNames().into(new ArrayList<>()));
  }

  @Test
  void migration_ofManyServersAtOnce_isDoneOnce() throws Exception {
    database().getCollection("bundles").insertMany(List.of(oldBundle(1), oldBundle(2)));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<String>>> results =
          threads.invokeAll(Collections.nCopies(8, (Callable<List<String>>) schema()::migrate));
      for (Future<List<String>> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }

    opened().check();
    assertEquals(1, settings().countDocuments(Filters.eq("key", "version")));
    assertEquals(2, opened().bundles(RequestContext.none()).snapshot().bundles().size());
  }

  @Test
  void migration_forbidsASecondBundleWithTheSameId() {
    schema().migrate();
    database().getCollection("bundles").insertOne(oldBundle(1));

    assertThrows(
        MongoWriteException.class,
        () -> database().getCollection("bundles").insertOne(oldBundle(1)));
  }

  @Test
  void migration_withTwoBundlesOfOneId_keepsBoth() {
    record("0.31.0");
    database().getCollection("bundles").insertMany(List.of(oldBundle(1), oldBundle(1)));

    List<String> done = schema().migrate();

    assertFalse(done.contains("created the index bundles_id_unique_idx"), done.toString());
    assertEquals(2, database().getCollection("bundles").countDocuments());
    opened().check();
  }

  @Test
  void databaseOfTheNodeServer_needsNoMigration() {
    NodeServer.load(database());

    assertEquals(SchemaStatus.State.CURRENT, state(schema()));
    opened().check();
  }

  @Test
  void nameThatNoDatabaseCanHave_isRefusedAtOnce() {
    assertThrows(
        IllegalArgumentException.class, () -> MongoBundleDatabase.create(server.client(), ""));
  }
}
