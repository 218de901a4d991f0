package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.MetadataSamples.bundle;
import static dev.hotupdater.s3.database.MetadataSamples.bundles;
import static dev.hotupdater.s3.database.MetadataSamples.byId;
import static dev.hotupdater.s3.database.MetadataSamples.delete;
import static dev.hotupdater.s3.database.MetadataSamples.id;
import static dev.hotupdater.s3.database.MetadataSamples.inChannel;
import static dev.hotupdater.s3.database.MetadataSamples.put;
import static dev.hotupdater.s3.database.MetadataSamples.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** The objects, as the Node plugin has them. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3DatabaseLayoutTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static MetadataServer server;

  private MetadataTestBucket bucket;
  private Database database;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void openDatabase() {
    bucket = server.bucket();
    database = bucket.database();
  }

  /** The keys that the Node plugin knows. */
  private List<String> keys() {
    return bucket.keys().stream().filter(key -> !key.contains(".hotupdater/")).toList();
  }

  private JsonNode json(String key) throws Exception {
    return MAPPER.readTree(bucket.read(key));
  }

  private static ArrayNode array(Bundle... bundles) {
    ArrayNode array = MAPPER.createArrayNode();
    for (Bundle bundle : bundles) {
      array.add(BundleJson.write(bundle));
    }
    return array;
  }

  private static Bundle byFingerprint(int number) {
    return bundle(number, "none").toBuilder()
        .platform(Platform.ANDROID)
        .targetAppVersion(Optional.empty())
        .fingerprintHash(Optional.of("e20cb1842beb8d0fe9d209ba3c03c06a5f132655"))
        .build();
  }

  @Test
  void put_writesTheObjectsOfTheNodePlugin() throws Exception {
    put(database, bundle(1, " >=  1.0.0   <\t2.0.0 || ~ 3.1"), byFingerprint(2));
    put(database, bundle(3, ">= 1.0.0 < 2.0.0 || ~3.1"), bundle(4, "1.x"));

    assertEquals(
        List.of(
            "production/android/e20cb1842beb8d0fe9d209ba3c03c06a5f132655/update.json",
            "production/ios/1.x/update.json",
            "production/ios/>=1.0.0 <2.0.0 || ~3.1/update.json",
            "production/ios/target-app-versions.json"),
        keys());
    assertEquals(
        array(bundle(3, ">= 1.0.0 < 2.0.0 || ~3.1"), bundle(1, " >=  1.0.0   <\t2.0.0 || ~ 3.1")),
        json("production/ios/>=1.0.0 <2.0.0 || ~3.1/update.json"));
    assertEquals(
        List.of(">=1.0.0 <2.0.0 || ~3.1", "1.x"),
        MAPPER.convertValue(json("production/ios/target-app-versions.json"), List.class));
    assertEquals(
        List.of(".hotupdater/journal.json"),
        bucket.keys().stream().filter(key -> key.startsWith(".")).toList());
  }

  @Test
  void objects_areBelowTheBasePath() {
    Database other = bucket.builder().basePath("/apps/one/").build();
    put(database, bundle(1, "1.x"));
    put(other, bundle(2, "1.x"));

    assertTrue(bucket.keys().contains("apps/one/production/ios/1.x/update.json"));
    assertTrue(bucket.keys().contains("apps/one/.hotupdater/journal.json"));
    assertEquals(byId(List.of(bundle(1, "1.x"))), bundles(database));
    assertEquals(byId(List.of(bundle(2, "1.x"))), bundles(other));
  }

  @Test
  void move_leavesNoEmptyObjectAndNoTargetBehind() throws Exception {
    put(database, bundle(1, "1.x"), bundle(2, "2.x"));

    put(database, inChannel(bundle(1, "1.x"), "beta"));

    assertEquals(
        List.of(
            "beta/ios/1.x/update.json",
            "beta/ios/target-app-versions.json",
            "production/ios/2.x/update.json",
            "production/ios/target-app-versions.json"),
        keys());
    assertEquals("[\"2.x\"]", bucket.read("production/ios/target-app-versions.json").strip());

    delete(database, 1, 2);

    assertEquals(
        List.of("beta/ios/target-app-versions.json", "production/ios/target-app-versions.json"),
        keys());
    assertEquals("[]", bucket.read("production/ios/target-app-versions.json").strip());
    assertEquals(new TreeSet<String>(), store(database).channels());
  }

  @Test
  void oddNames_areSafeKeysThatStayApart() {
    List<String> names =
        List.of("a/b", "a%2Fb", ".", "..", "%", "a\\b", "a\nb", "日".repeat(200), "日".repeat(201));
    for (int i = 0; i < names.size(); i++) {
      put(database, inChannel(bundle(i, names.get(i)), names.get(i)));
    }

    assertEquals(new TreeSet<>(names), store(database).channels());
    assertEquals(names.size(), keys().stream().filter(k -> k.endsWith("/update.json")).count());
    for (String key : keys()) {
      assertTrue(key.matches("[^/]+/ios/([^/]+/update|target-app-versions)\\.json"), key);
    }
    for (int i = 0; i < names.size(); i++) {
      delete(database, i);
    }
    assertEquals(0, keys().stream().filter(k -> k.endsWith("/update.json")).count());
  }

  /** As the Node plugin writes it: no white space at the end, an older set of fields. */
  private static String nodeBundle(int number, String channel, String target, String more) {
    return """
    {"id":"%s","platform":"ios","shouldForceUpdate":false,"enabled":true,"fileHash":"hash",\
    "gitCommitHash":null,"message":null,"channel":"%s","storageUri":"s3://updates/%d.zip",\
    "targetAppVersion":"%s","fingerprintHash":null%s}"""
        .formatted(id(number), channel, number, target, more);
  }

  @Test
  void databaseOfTheNodePlugin_isReadAndChanged() throws Exception {
    String untouched = nodeBundle(1, "beta", "1.x", ",\"laterField\":{\"a\":[1.50]}");
    bucket.write(
        "beta/ios/1.x/update.json", "[" + nodeBundle(2, "beta", "1.x", "") + "," + untouched + "]");
    bucket.write("beta/ios/target-app-versions.json", "[\"1.x\"]");
    assertEquals(
        byId(List.of(inChannel(bundle(1, "1.x"), "beta"), inChannel(bundle(2, "1.x"), "beta"))),
        bundles(database));
    Optional<String> fingerprint = store(database).fingerprint();

    put(database, inChannel(bundle(2, "2.x"), "beta"), inChannel(bundle(3, "1.x"), "beta"));

    assertNotEquals(fingerprint, store(database).fingerprint());
    ArrayNode expected = array(inChannel(bundle(3, "1.x"), "beta"));
    expected.add(MAPPER.readTree(untouched));
    assertEquals(expected, json("beta/ios/1.x/update.json"));
    assertEquals("[\"1.x\",\"2.x\"]", bucket.read("beta/ios/target-app-versions.json").strip());
  }

  @Test
  void writeOfTheNodePlugin_isSeenAndKept() {
    put(database, bundle(1, "1.x"));
    bundles(database);
    Optional<String> fingerprint = store(database).fingerprint();

    bucket.write(
        "production/ios/1.x/update.json",
        "["
            + nodeBundle(2, "production", "1.x", "")
            + ","
            + nodeBundle(1, "production", "1.x", "")
            + "]");

    assertNotEquals(fingerprint, store(database).fingerprint());
    assertEquals(byId(List.of(bundle(1, "1.x"), bundle(2, "1.x"))), bundles(database));
    put(database, bundle(3, "1.x"));
    assertEquals(
        byId(List.of(bundle(1, "1.x"), bundle(2, "1.x"), bundle(3, "1.x"))), bundles(database));
  }

  @Test
  void objectThatIsNoJson_isSkippedAndNeverWritten() {
    put(database, bundle(1, "1.x"));
    String content = "{\"not\": \"an array\"";
    bucket.write("production/ios/2.x/update.json", content);

    assertEquals(byId(List.of(bundle(1, "1.x"))), bundles(database));
    DatabaseException e =
        assertThrows(DatabaseException.class, () -> put(database, bundle(2, "2.x")));
    assertTrue(String.valueOf(e.getMessage()).contains("production/ios/2.x/update.json"));
    put(database, bundle(3, "3.x"));

    assertEquals(content, bucket.read("production/ios/2.x/update.json"));
    assertEquals(byId(List.of(bundle(1, "1.x"), bundle(3, "3.x"))), bundles(database));
  }

  @Test
  void archivedObject_isSkippedAndNeverWritten() {
    bucket.writeDirectly("production/ios/1.x/update.json", StorageClass.GLACIER);
    bucket.writeDirectly("production/ios/2.x/update.json", StorageClass.DEEP_ARCHIVE);
    RequestTap tap = new RequestTap();
    Database counted = bucket.database(tap);

    put(database, bundle(3, "3.x"));

    assertEquals(byId(List.of(bundle(3, "3.x"))), bundles(counted));
    assertEquals(List.of("GetObject", "ListObjectsV2", "GetObject", "GetObject"), tap.take());
    assertThrows(DatabaseException.class, () -> put(database, bundle(1, "1.x")));
    assertThrows(DatabaseException.class, () -> put(database, bundle(2, "2.x")));
    assertEquals("[]", bucket.read("production/ios/1.x/update.json"));
  }

  @Test
  void elementThatIsNoBundle_isSkippedAndKept() throws Exception {
    String odd = "{\"id\":\"" + id(7) + "\",\"platform\":\"windows\"}";
    bucket.write(
        "production/ios/1.x/update.json",
        "[" + odd + "," + nodeBundle(1, "production", "1.x", "") + ",42]");

    assertEquals(byId(List.of(bundle(1, "1.x"))), bundles(database));
    put(database, bundle(9, "1.x"));
    delete(database, 1);

    ArrayNode expected = array(bundle(9, "1.x"));
    expected.add(MAPPER.readTree(odd)).add(42);
    assertEquals(expected, json("production/ios/1.x/update.json"));

    put(database, bundle(7, "1.x"));

    ArrayNode replaced = array(bundle(9, "1.x"), bundle(7, "1.x"));
    replaced.add(42);
    assertEquals(replaced, json("production/ios/1.x/update.json"));
  }

  @Test
  void listOfTargetsThatIsNoJson_isLeftAsItIs() {
    bucket.write("production/ios/target-app-versions.json", "damaged");

    put(database, bundle(1, "1.x"));

    assertEquals("damaged", bucket.read("production/ios/target-app-versions.json"));
    assertEquals(byId(List.of(bundle(1, "1.x"))), bundles(database));
  }

  @Test
  void bundleInTwoObjects_isThatOfTheObjectItBelongsInto() {
    bucket.write(
        "production/ios/2.x/update.json", "[" + nodeBundle(1, "production", "2.x", "") + "]");
    bucket.write(
        "production/ios/1.x/update.json", "[" + nodeBundle(1, "production", "elsewhere", "") + "]");
    assertEquals(byId(List.of(bundle(1, "2.x"))), bundles(database));

    put(database, bundle(1, "3.x"));

    assertEquals(
        List.of("production/ios/3.x/update.json", "production/ios/target-app-versions.json"),
        keys());
  }

  @Test
  void bucketWithManyOtherObjects_isListedInAFewRequests() {
    for (int i = 0; i < 2500; i++) {
      bucket.writeDirectly("bundles/" + i + "/bundle.zip", StorageClass.STANDARD);
    }
    RequestTap tap = new RequestTap();
    Database counted = bucket.database(tap);
    put(database, inChannel(bundle(1, "1.x"), "alpha"), inChannel(bundle(2, "1.x"), "production"));

    store(counted).fingerprint();
    assertTrue(tap.take().size() <= 3, "requests");
    assertEquals(2, bundles(counted).size());
    assertFalse(store(counted).channels().isEmpty());
  }
}
