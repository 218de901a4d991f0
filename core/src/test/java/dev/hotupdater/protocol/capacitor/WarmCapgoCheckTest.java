package dev.hotupdater.protocol.capacitor;

import static dev.hotupdater.protocol.capacitor.CapgoServer.device;
import static dev.hotupdater.protocol.capacitor.CapgoServer.electron;
import static dev.hotupdater.protocol.capacitor.CapgoServer.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.ClockedServer;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.TestServer;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.fixture.CountingReleaseDatabase;
import dev.hotupdater.fixture.CountingStorage;
import dev.hotupdater.fixture.ObservedDeviceDatabase;
import dev.hotupdater.fixture.ReleaseFixture;
import dev.hotupdater.fixture.Seed;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.storage.DownloadAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked all the time reaches neither the database nor a storage. */
class WarmCapgoCheckTest {
  private static final String MANIFEST =
      "{\"files\":[{\"path\":\"a.js\",\"sha256\":\""
          + "a".repeat(64)
          + "\",\"size\":1,\"uri\":\"s3://bucket/file\"}]}";
  private static final int CHECKS = 300;
  private static final Duration LONG = Duration.ofHours(1);

  /** Counts what is asked about releases and devices. */
  private static final class Databases implements ReleaseDatabase, DeviceDatabase {
    private final CountingReleaseDatabase releases = new CountingReleaseDatabase();
    private final ObservedDeviceDatabase devices = ObservedDeviceDatabase.create();
    private final InMemoryDatabase memory = InMemoryDatabase.create();

    @Override
    public void check() {}

    @Override
    public BundleStore bundles(RequestContext context) {
      return memory.bundles(context);
    }

    @Override
    public ReleaseStore releases(RequestContext context) {
      return releases.releases(context);
    }

    @Override
    public DeviceStore devices(RequestContext context) {
      return devices.devices(context);
    }
  }

  @Test
  void checks_askNothing(@TempDir Path directory) {
    Random random = Seed.random(WarmCapgoCheckTest.class);
    Databases database = new Databases();
    try (CapgoServer server =
        new CapgoServer(
            directory,
            builder -> builder.database(database).freshness(Freshness.polling(LONG, LONG)),
            CapgoRoutes.at(""))) {
      server.publish("1.2.0", server.listed(file("index.html", "a"), file("app.js", "b")));
      server.publish(
          "1.3.0",
          release -> release.channel("beta").rollout(Rollout.of(300)),
          CapgoServer.bundle());
      server.channel("beta", ChannelSettings.OPEN);
      List<ObjectNode> devices = new ArrayList<>(List.of(electron()));
      for (String plugin : List.of("8.51.23", "8.0.0", "7.25.0", "6.1.0", "5.0.0", "10.0.0")) {
        for (String running : List.of("builtin", "1.1.0", "1.2.0", "1.3.0")) {
          devices.add(device(plugin).put("version_name", running));
          devices.add(device(plugin).put("version_name", running).put("defaultChannel", "beta"));
        }
      }
      devices.forEach(device -> ask(server, device, random));
      // One of them is the first to be offered the release on the other channel.
      for (int i = 0; i < 100; i++) {
        server.check(device().put("device_id", "device-" + i).put("defaultChannel", "beta"));
      }
      int queries = database.releases.calls();
      int storageCalls = server.cloud().calls();
      int deviceQueries = database.devices.reads();
      assertEquals(1, deviceQueries);

      for (int i = 0; i < CHECKS; i++) {
        ask(server, devices.get(random.nextInt(devices.size())), random);
      }

      assertEquals(queries, database.releases.calls());
      assertEquals(storageCalls, server.cloud().calls());
      assertEquals(deviceQueries, database.devices.reads());
    }
  }

  private static void ask(CapgoServer server, ObjectNode device, Random random) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    assertEquals(200, server.post("/updates", device.put("device_id", id.toString())).status());
  }

  /** A clock that a test sets. */
  private static final class TestClock extends Clock {
    private volatile Instant now = ReleaseFixture.TIME;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void offer_isMadeAnew_whenTheFirstOfItsAddressesIsDue() {
    TestClock clock = new TestClock();
    CountingStorage storage = new CountingStorage();
    storage.put("manifest", MANIFEST);
    storage.addressing(
        (uri, context) -> {
          // That of the file works for a shorter time than that of the zip.
          long hours = uri.key().equals("file") ? 1 : 24;
          return DownloadAddress.expiring(
              "https://cdn.test/" + uri.key() + "?at=" + clock.now.toEpochMilli(),
              clock.now.plus(Duration.ofHours(hours)));
        });
    try (HotUpdater server = server(storage, clock)) {
      String first = ask(server);

      clock.now = clock.now.plus(Duration.ofMinutes(10));
      assertEquals(first, ask(server));
      clock.now = clock.now.plus(Duration.ofMinutes(25));
      assertNotEquals(first, ask(server));
    }
  }

  @Test
  void manifestThatWasMissing_isLookedForAgain_butNotWithEveryCheck() {
    TestClock clock = new TestClock();
    CountingStorage storage = new CountingStorage();
    try (HotUpdater server = server(storage, clock)) {
      assertFalse(ask(server).contains("manifest"));

      storage.put("manifest", MANIFEST);
      assertFalse(ask(server).contains("manifest"));
      clock.now = clock.now.plus(Duration.ofMinutes(2));
      assertTrue(ask(server).contains("manifest"));
      assertEquals(2, storage.opened("manifest"));
    }
  }

  /** A server with a release. */
  private static HotUpdater server(CountingStorage storage, Clock clock) {
    HotUpdater server =
        ClockedServer.build(
            HotUpdater.builder()
                .database(InMemoryDatabase.create())
                .storage(storage)
                .publicUrl(URI.create(CapgoServer.ADDRESS))
                .routes(CapgoRoutes.at("")),
            clock);
    server.releases().changeApp(ReleaseFixture.APP_ID, ReleaseFixture.TIME, app -> app);
    server
        .releases()
        .create(
            ReleaseFixture.published("1.2.0", CapgoServer.listedAt("manifest"))
                .sequence(1)
                .build());
    return server;
  }

  private static String ask(HotUpdater server) {
    return TestServer.send(server, "POST", "/updates", Map.of(), device().toString()).text();
  }
}
