package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.MetadataSamples.bundle;
import static dev.hotupdater.s3.database.MetadataSamples.bundles;
import static dev.hotupdater.s3.database.MetadataSamples.byId;
import static dev.hotupdater.s3.database.MetadataSamples.id;
import static dev.hotupdater.s3.database.MetadataSamples.inChannel;
import static dev.hotupdater.s3.database.MetadataSamples.patched;
import static dev.hotupdater.s3.database.MetadataSamples.put;
import static dev.hotupdater.s3.database.MetadataSamples.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.Revision;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A writer that dies at any of the requests of a commit. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3DatabaseCrashTest {
  private static final List<Bundle> BEFORE =
      List.of(
          bundle(1, "1.x"),
          inChannel(bundle(2, "1.x"), "beta"),
          patched(bundle(3, "1.x"), 2),
          bundle(4, "2.x"));

  /** Creates, changes, moves into another channel and target, and deletes a base of patches. */
  private static final List<BundleWrite> COMMIT =
      List.of(
          BundleWrite.put(bundle(5, "3.x")),
          BundleWrite.put(bundle(1, "1.x").toBuilder().enabled(false).build()),
          BundleWrite.put(inChannel(bundle(4, ">= 2.0.0"), "beta")),
          BundleWrite.delete(id(2)));

  private static final List<Bundle> AFTER =
      List.of(
          bundle(1, "1.x").toBuilder().enabled(false).build(),
          bundle(3, "1.x"),
          inChannel(bundle(4, ">= 2.0.0"), "beta"),
          bundle(5, "3.x"));

  private static final List<String> KEYS_AFTER =
      List.of(
          ".hotupdater/journal.json",
          "beta/ios/>=2.0.0/update.json",
          "beta/ios/target-app-versions.json",
          "production/ios/1.x/update.json",
          "production/ios/3.x/update.json",
          "production/ios/9.x/update.json",
          "production/ios/target-app-versions.json");

  private static MetadataServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  private static Database patientDatabase(MetadataTestBucket bucket) {
    return bucket.builder().repairDelay(Duration.ofMillis(30)).build();
  }

  @Test
  void writerThatDies_beforeAnyRequest_leavesAStateBeforeOrAfter() {
    int steps = dieAtEveryRequest(RequestTap::dieBeforeSending);
    System.out.println("S3DatabaseCrashTest: died before each of " + steps + " requests");
  }

  @Test
  void writerThatDies_beforeAnyAnswer_leavesAStateBeforeOrAfter() {
    int steps = dieAtEveryRequest(RequestTap::dieBeforeTheAnswer);
    System.out.println("S3DatabaseCrashTest: died before each of " + steps + " answers");
  }

  /** Returns how many requests there were to die at. */
  private static int dieAtEveryRequest(BiConsumer<RequestTap, Integer> death) {
    boolean wasBefore = false;
    boolean wasAfter = false;
    for (int request = 0; ; request++) {
      MetadataTestBucket bucket = server.bucket();
      put(bucket.database(), BEFORE.toArray(new Bundle[0]));
      RequestTap tap = new RequestTap();
      Database dying = bucket.database(tap);
      Database witness = patientDatabase(bucket);
      Revision known = store(witness).revision();
      death.accept(tap, request);
      boolean reported = commit(dying);
      if (tap.take().size() <= request) {
        assertTrue(reported);
        assertTrue(wasBefore && wasAfter, "the deaths were on both sides of the commit");
        return request;
      }

      Map<BundleId, Bundle> found = bundles(bucket.database());
      boolean isAfter = found.equals(byId(AFTER));
      assertTrue(isAfter || found.equals(byId(BEFORE)), () -> "half of a commit: " + found);
      assertTrue(isAfter || !reported, "a commit that was reported is lost");
      wasBefore |= !isAfter;
      wasAfter |= isAfter;
      assertEquals(found, bundles(witness));
      assertEquals(found, follow(byId(BEFORE), store(witness).changesSince(known)));
      assertRepaired(bucket, witness, found);
    }
  }

  private static boolean commit(Database database) {
    try {
      store(database).commit(COMMIT);
      return true;
    } catch (DatabaseException e) {
      return false;
    }
  }

  private static Map<BundleId, Bundle> follow(
      Map<BundleId, Bundle> known, Optional<BundleDelta> delta) {
    Map<BundleId, Bundle> next = new TreeMap<>(known);
    next.keySet().removeAll(delta.orElseThrow().absent());
    next.putAll(byId(delta.orElseThrow().present()));
    return next;
  }

  private static void assertRepaired(
      MetadataTestBucket bucket, Database witness, Map<BundleId, Bundle> found) {
    put(witness, bundle(9, "9.x"));

    Map<BundleId, Bundle> expected = new TreeMap<>(found);
    expected.put(id(9), bundle(9, "9.x"));
    assertEquals(expected, bundles(witness));
    assertEquals(expected, bundles(bucket.database()));
    assertFalse(bucket.read(".hotupdater/journal.json").contains("pending"));
    // The objects alone now say the same.
    bucket.delete(".hotupdater/journal.json");
    assertEquals(expected, bundles(bucket.database()));
    store(witness).commit(COMMIT);
    List<String> keys = new ArrayList<>(bucket.keys());
    keys.removeIf(key -> key.contains("/probe-"));
    assertEquals(KEYS_AFTER, keys);
    assertEquals("[\">=2.0.0\"]", bucket.read("beta/ios/target-app-versions.json").strip());
  }
}
