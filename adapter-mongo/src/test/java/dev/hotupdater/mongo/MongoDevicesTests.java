package dev.hotupdater.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.testkit.DeviceDatabaseContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract, and what else must be so in collections. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MongoDevicesTests extends DeviceDatabaseContract {
  private static final AppId APP = AppId.of("com.example.app");
  private static final ReleaseId RELEASE = ReleaseId.parse(new UUID(7, 1).toString()).orElseThrow();
  private static final Instant TIME = Instant.parse("2026-03-13T12:00:00.123Z");

  /** More than two pages of facts. */
  private static final int MANY = 2_100;

  private final TestServer server;
  private final MongoClient client;
  private String name = "";

  MongoDevicesTests(TestServer server) {
    this.server = server;
    client = server.client();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected DeviceDatabase createDatabase() {
    name = TestServer.unused();
    MongoSchema.of(client, name).migrate();
    return MongoBundleDatabase.create(client, name);
  }

  @Override
  protected DeviceDatabase createOtherInstance(DeviceDatabase created) {
    return MongoBundleDatabase.create(client, name);
  }

  private DeviceStore store() {
    return MongoBundleDatabase.create(client, name).devices(RequestContext.none());
  }

  private MongoDatabase database() {
    return client.getDatabase(name);
  }

  private static List<DeviceEvent> failures(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            device ->
                new DeviceEvent(
                    APP,
                    "device-" + device,
                    RELEASE,
                    "1.0.0",
                    "stable",
                    "ios",
                    DeviceOutcome.FAILED,
                    "set_fail",
                    TIME))
        .toList();
  }

  private static List<DeviceFact> facts(DeviceStore store) {
    try (Stream<DeviceFact> facts = store.changesSince(TIME)) {
      return facts.toList();
    }
  }

  @Test
  void failures_ofMoreThanAPageAtOneMoment_areReadAllAndOnce() {
    DeviceStore store = store();

    store.record(failures(MANY), TIME);

    List<DeviceFact> read = facts(store);
    assertEquals(MANY, read.size());
    assertEquals(MANY, new HashSet<>(read).size());
    assertEquals(
        List.of(new OutcomeCount("stable", RELEASE, "1.0.0", DeviceOutcome.FAILED, MANY)),
        store.counts(APP));
    assertEquals(MANY, store.deleteBefore(TIME.plusMillis(1), Set.of(DeviceOutcome.FAILED), MANY));
    assertEquals(List.of(), facts(store));
  }

  @Test
  void databaseOfTheNodeServer_hasNothingToldAndGetsItsCollectionsWithTheFirstWrite() {
    name = TestServer.unused();
    NodeServer.load(database());
    DeviceStore store = store();
    assertEquals(List.of(), facts(store));
    assertEquals(List.of(), store.counts(APP));

    store.record(failures(1), TIME);

    assertEquals(1, facts(store).size());
    List<String> indexes = new ArrayList<>();
    database()
        .getCollection("hot_updater_device_events")
        .listIndexes()
        .forEach(index -> indexes.add(index.getString("name")));
    assertTrue(indexes.contains("hot_updater_device_events_recorded_idx"), indexes.toString());
  }

  @Test
  void databaseWithoutSchema_isRefused() {
    name = TestServer.unused();

    assertThrows(SchemaException.class, () -> store().record(failures(1), TIME));
    assertThrows(SchemaException.class, () -> store().changesSince(TIME));
    assertThrows(SchemaException.class, () -> store().counts(APP));
  }

  @Test
  void documentsThatMakeNoSense_areSkipped() {
    DeviceStore store = store();
    store.record(failures(1), TIME);
    store.assign(new ChannelAssignment(APP, DeviceKey.custom("qa"), Optional.of("beta"), TIME));
    List<DeviceFact> before = facts(store);
    Document event =
        new Document("outcome", "failed")
            .append("app_id", APP.value())
            .append("recorded_at", Date.from(TIME));
    Document assignment =
        new Document("app_id", APP.value())
            .append("value", "x")
            .append("assigned_at", Date.from(TIME));

    database().getCollection("hot_updater_device_events").insertOne(event);
    database()
        .getCollection("hot_updater_device_channels")
        .insertMany(
            List.of(
                assignment,
                new Document(assignment).append("kind", "tribe"),
                new Document(assignment).append("kind", "custom").append("channel", "/"),
                new Document(assignment).append("kind", "custom").append("channel", 7)));

    assertEquals(before, facts(store));
    assertEquals(
        List.of(new OutcomeCount("stable", RELEASE, "1.0.0", DeviceOutcome.FAILED, 1)),
        store.counts(APP));
  }
}
