package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.MetadataSamples.bundle;
import static dev.hotupdater.s3.database.MetadataSamples.bundles;
import static dev.hotupdater.s3.database.MetadataSamples.byId;
import static dev.hotupdater.s3.database.MetadataSamples.id;
import static dev.hotupdater.s3.database.MetadataSamples.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.database.Database;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Metadata with many levels, around which the journal has some more. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3DatabaseNestingTest {
  private static MetadataServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  private static Bundle nested(Bundle bundle, int levels) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("a", 1);
    for (int level = 1; level < levels; level++) {
      ObjectNode around = JsonNodeFactory.instance.objectNode();
      around.set("a", metadata);
      metadata = around;
    }
    return bundle.toBuilder().metadata(Metadata.of(metadata)).build();
  }

  @Test
  void deepestMetadata_isReadByAFreshInstance() {
    MetadataTestBucket bucket = server.bucket();
    Bundle deepest = nested(bundle(1, "1.x"), 63);

    put(bucket.database(), deepest);

    assertEquals(byId(List.of(deepest)), bundles(bucket.database()));
    bucket.delete(".hotupdater/journal.json");
    assertEquals(byId(List.of(deepest)), bundles(bucket.database()));
  }

  @Test
  void deeperMetadata_isRefusedAndHarmsNothing() {
    MetadataTestBucket bucket = server.bucket();
    Database database = bucket.database();
    put(database, bundle(1, "1.x"));

    assertThrows(InvalidBundleException.class, () -> put(database, nested(bundle(2, "1.x"), 64)));

    assertEquals(byId(List.of(bundle(1, "1.x"))), bundles(bucket.database()));
  }

  @Test
  void deeperMetadataOfOtherSoftware_isSkippedAloneAndKept() {
    MetadataTestBucket bucket = server.bucket();
    String key = "production/ios/1.x/update.json";
    Bundle deeper = nested(bundle(2, "1.x"), 70);
    bucket.write(key, UpdateFile.EMPTY.with(List.of(bundle(1, "1.x"), deeper), Set.of()).text());

    put(bucket.database(), bundle(3, "1.x"));

    assertEquals(byId(List.of(bundle(1, "1.x"), bundle(3, "1.x"))), bundles(bucket.database()));
    assertTrue(bucket.read(key).contains(id(2).toString()));
  }
}
