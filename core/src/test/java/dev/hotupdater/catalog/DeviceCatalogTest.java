package dev.hotupdater.catalog;

import static dev.hotupdater.fixture.DeviceFixture.APP;
import static dev.hotupdater.fixture.DeviceFixture.RELEASE;
import static dev.hotupdater.fixture.DeviceFixture.VERSION;
import static dev.hotupdater.fixture.DeviceFixture.failed;
import static dev.hotupdater.fixture.DeviceFixture.installed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.device.ReleaseAdoption;
import dev.hotupdater.fixture.DeviceFixture;
import dev.hotupdater.fixture.Eventually;
import dev.hotupdater.fixture.ObservedDeviceDatabase;
import dev.hotupdater.release.AppId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceCatalogTest {
  private static final Freshness QUICK =
      Freshness.polling(Duration.ofMillis(5), Duration.ofMillis(5));
  private static final Freshness RARE = Freshness.polling(Duration.ofHours(1), Duration.ofHours(1));
  private static final DeviceKey DEVICE = DeviceKey.device("device-1");
  private static final DeviceKey CUSTOM = DeviceKey.custom("Anna");
  private static final AppId OTHER_APP = AppId.of("com.example.other");

  private final ObservedDeviceDatabase database = ObservedDeviceDatabase.create();
  private final List<DeviceCatalog> started = new ArrayList<>();

  @AfterEach
  void close() {
    database.setAway(false);
    started.forEach(DeviceCatalog::close);
  }

  private DeviceCatalog start(ObservedDeviceDatabase over, Freshness freshness, int maxFacts) {
    DeviceSettings settings = DeviceSettings.builder().maxFacts(maxFacts).build();
    DeviceCatalog catalog = DeviceCatalog.start(over, freshness, settings);
    started.add(catalog);
    return catalog;
  }

  private DeviceCatalog start(Freshness freshness) {
    return start(database, freshness, 1_000);
  }

  private Devices devices(Freshness freshness) {
    return Devices.of(start(freshness), RequestContext.none());
  }

  private DeviceStore store() {
    return database.other().devices(RequestContext.none());
  }

  private static boolean hasFailed(Devices devices) {
    return devices.hasFailed(APP, "device-1", VERSION);
  }

  private static Optional<String> channel(Devices devices) {
    return devices.assignedChannel(APP, DEVICE, Optional.of(CUSTOM));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Test
  void aFailure_isKnownBeforeItIsStored() {
    CountDownLatch gate = new CountDownLatch(1);
    database.block(gate);
    Devices devices = devices(RARE);
    assertFalse(hasFailed(devices));

    devices.record(failed(1));

    assertTrue(hasFailed(devices));
    assertTrue(devices.hasFailed(APP, "DEVICE-1", VERSION));
    assertFalse(devices.hasFailed(APP, "device-2", VERSION));
    assertFalse(devices.hasFailed(APP, "device-1", "1.0.1"));
    assertFalse(devices.hasFailed(OTHER_APP, "device-1", VERSION));
    gate.countDown();
  }

  @Test
  void outcomesOtherThanFailures_areNoFailures() {
    Devices devices = devices(RARE);
    for (DeviceOutcome outcome : EnumSet.complementOf(EnumSet.of(DeviceOutcome.FAILED))) {
      devices.record(DeviceFixture.event("device-1", outcome));
    }
    devices.flush();

    assertFalse(hasFailed(devices));
  }

  @Test
  void aFailure_toldBeforeTheDatabaseCouldBeRead_isKnown() {
    database.setAway(true);
    Devices devices = devices(RARE);

    devices.record(failed(1));

    assertTrue(hasFailed(devices));
    assertThrows(DatabaseException.class, () -> devices.hasFailed(APP, "device-2", VERSION));
  }

  @Test
  void everything_afterARestart_isThereAgain() {
    DeviceCatalog before = start(RARE);
    Devices.of(before, RequestContext.none()).record(failed(1));
    Devices.of(before, RequestContext.none()).assign(APP, DEVICE, "beta");
    Devices.of(before, RequestContext.none()).flush();
    before.close();

    Devices after = devices(RARE);

    assertTrue(hasFailed(after));
    assertEquals(Optional.of("beta"), channel(after));
  }

  @Test
  void aFailure_ofAnotherServer_isKnownAfterAPoll() {
    Devices devices = devices(QUICK);
    assertFalse(hasFailed(devices));
    Devices other = Devices.of(start(database.other(), QUICK, 1_000), RequestContext.none());

    other.record(failed(1));
    other.flush();

    Eventually.await(() -> hasFailed(devices));
  }

  @Test
  void anAssignment_ofAnotherServer_isKnownAfterAPoll() {
    Devices devices = devices(QUICK);
    Devices other = Devices.of(start(database.other(), QUICK, 1_000), RequestContext.none());
    assertEquals(Optional.empty(), channel(devices));

    other.assign(APP, DEVICE, "beta");
    Eventually.await(() -> channel(devices).equals(Optional.of("beta")));
    other.assign(APP, DEVICE, "alpha");
    Eventually.await(() -> channel(devices).equals(Optional.of("alpha")));
    other.unassign(APP, DEVICE);
    Eventually.await(() -> channel(devices).isEmpty());
  }

  @Test
  void facts_ofAServerWhoseClockIsBehind_areKnownAfterAPoll() {
    Devices devices = devices(QUICK);
    devices.assign(APP, DEVICE, "beta");
    assertFalse(hasFailed(devices));
    Instant behind = now().minusSeconds(90);

    store().record(List.of(failed(1)), behind);
    store().assign(new ChannelAssignment(APP, DEVICE, Optional.of("alpha"), behind));

    Eventually.await(() -> hasFailed(devices) && channel(devices).equals(Optional.of("alpha")));
  }

  @Test
  void ownAssignments_areKnownAtOnce() {
    Devices devices = devices(RARE);

    devices.assign(APP, CUSTOM, "custom");
    assertEquals(Optional.of("custom"), channel(devices));
    devices.assign(APP, DEVICE, "beta");
    assertEquals(Optional.of("beta"), channel(devices));
    assertEquals(Optional.empty(), devices.assignedChannel(OTHER_APP, DEVICE, Optional.of(CUSTOM)));
    assertEquals(
        Optional.empty(), devices.assignedChannel(APP, DeviceKey.device("Anna"), Optional.empty()));
    devices.unassign(APP, DEVICE);
    assertEquals(Optional.of("custom"), channel(devices));
    devices.unassign(APP, CUSTOM);
    assertEquals(Optional.empty(), channel(devices));
    assertEquals(new DeviceMemory(0, 0, true), devices.memory());
  }

  @Test
  void assign_whileTheDatabaseIsAway_failsAndChangesNothing() {
    Devices devices = devices(RARE);
    assertEquals(Optional.empty(), channel(devices));
    database.setAway(true);

    assertThrows(DatabaseException.class, () -> devices.assign(APP, DEVICE, "beta"));

    assertEquals(Optional.empty(), channel(devices));
  }

  @Test
  void decisions_onceWarm_readNothing() {
    DeviceCatalog catalog = start(RARE);
    catalog.warmUp();
    Devices devices = Devices.of(catalog, RequestContext.none());
    int before = database.reads();

    for (int device = 0; device < 1_000; device++) {
      assertFalse(devices.hasFailed(APP, "device-" + device, VERSION));
      assertEquals(Optional.empty(), channel(devices));
    }
    devices.record(failed(1));
    assertTrue(hasFailed(devices));

    assertEquals(before, database.reads());
  }

  @Test
  void decisions_whileTheDatabaseIsAway_goOnFromTheLastGoodState() {
    Devices devices = devices(QUICK);
    devices.assign(APP, DEVICE, "beta");
    devices.record(failed(1));
    assertFalse(devices.hasFailed(APP, "device-2", VERSION));

    database.setAway(true);
    int before = database.reads();
    Eventually.await(() -> database.reads() > before + 2);

    assertTrue(hasFailed(devices));
    assertEquals(Optional.of("beta"), channel(devices));
  }

  @Test
  void strictDecisions_readEveryTime() {
    Devices devices = devices(Freshness.strict());
    assertFalse(hasFailed(devices));
    int before = database.reads();

    store().record(List.of(failed(1)), now());
    store().assign(new ChannelAssignment(APP, DEVICE, Optional.of("beta"), now()));

    assertTrue(hasFailed(devices));
    assertEquals(Optional.of("beta"), channel(devices));
    assertEquals(before + 2, database.reads());
    assertEquals(Optional.empty(), devices.assignedChannel(OTHER_APP, DEVICE, Optional.of(CUSTOM)));
    assertEquals(before + 3, database.reads(), "the keys of a device are asked for one by one");
    assertEquals(0, database.wholeReads());
    devices.record(failed(2));
    assertTrue(devices.hasFailed(APP, "device-2", VERSION));
    assertEquals(new DeviceMemory(0, 0, true), devices.memory());
  }

  @Test
  void tenants_doNotSeeEachOthersFacts() {
    DeviceCatalog catalog = start(RARE);
    Devices a = Devices.of(catalog, ObservedDeviceDatabase.tenant("a"));
    Devices b = Devices.of(catalog, ObservedDeviceDatabase.tenant("b"));
    Devices none = Devices.of(catalog, RequestContext.none());

    a.record(failed(1));
    a.assign(APP, DEVICE, "beta");
    b.record(installed(1));
    a.flush();
    b.flush();

    assertTrue(hasFailed(a));
    assertEquals(Optional.of("beta"), channel(a));
    for (Devices other : List.of(b, none)) {
      assertFalse(hasFailed(other));
      assertEquals(Optional.empty(), channel(other));
    }
    assertEquals(
        List.of(new OutcomeCount("stable", RELEASE, VERSION, DeviceOutcome.INSTALLED, 1)),
        b.counts(APP));
    assertEquals(List.of(), none.counts(APP));
  }

  @Test
  void contexts_withoutACacheKey_areReadThrough() {
    DeviceCatalog catalog = start(RARE);
    RequestContext context = RequestContext.none().with(ObservedDeviceDatabase.TENANT, "a");
    Devices devices = Devices.of(catalog, context);
    assertFalse(hasFailed(devices));

    DeviceStore other = database.other().devices(ObservedDeviceDatabase.tenant("a"));
    other.record(List.of(failed(1)), now());
    devices.assign(APP, DEVICE, "beta");

    assertTrue(hasFailed(devices));
    assertEquals(Optional.of("beta"), channel(devices));
    assertEquals(new DeviceMemory(0, 0, true), devices.memory());
  }

  @Test
  void reload_forgetsWhatWasDeleted_butNothingThatWaits() {
    DeviceCatalog catalog = start(RARE);
    Devices devices = Devices.of(catalog, RequestContext.none());
    devices.record(failed(1));
    devices.flush();
    assertTrue(hasFailed(devices));
    int deleted = store().deleteBefore(now().plusSeconds(60), EnumSet.of(DeviceOutcome.FAILED), 9);
    assertEquals(1, deleted);
    CountDownLatch gate = new CountDownLatch(1);
    database.block(gate);
    devices.record(failed(2));

    catalog.reload(RequestContext.none());

    assertFalse(hasFailed(devices));
    assertTrue(devices.hasFailed(APP, "device-2", VERSION));
    assertEquals(new DeviceMemory(1, 0, true), devices.memory());
    gate.countDown();
  }

  @Test
  void reload_doesNotUndoWhatHappensMeanwhile() {
    DeviceCatalog catalog = start(RARE);
    Devices devices = Devices.of(catalog, RequestContext.none());
    devices.assign(APP, DEVICE, "beta");
    devices.assign(APP, CUSTOM, "custom");
    database.afterRead(
        () -> {
          database.afterRead(() -> {});
          devices.unassign(APP, DEVICE);
          devices.assign(APP, CUSTOM, "other");
          devices.record(failed(1));
          devices.flush();
        });

    catalog.reload(RequestContext.none());

    assertEquals(Optional.of("other"), channel(devices));
    assertTrue(hasFailed(devices));
    assertEquals(new DeviceMemory(1, 1, true), devices.memory());
  }

  @Test
  void firstRead_doesNotUndoWhatHappensMeanwhile() {
    Devices devices = devices(RARE);
    store().assign(new ChannelAssignment(APP, DEVICE, Optional.of("beta"), now()));
    database.afterRead(
        () -> {
          database.afterRead(() -> {});
          devices.assign(APP, DEVICE, "alpha");
        });

    assertEquals(Optional.of("alpha"), channel(devices));
  }

  @Test
  void factsBeyondTheBound_areTold_andTheNewestFailuresStay() {
    DeviceCatalog catalog = start(database, RARE, 3);
    Devices devices = Devices.of(catalog, RequestContext.none());
    for (int device = 1; device <= 5; device++) {
      devices.record(failed(device));
      devices.assign(APP, DeviceKey.device("device-" + device), "beta");
    }

    assertEquals(new DeviceMemory(3, 3, false), devices.memory());
    assertFalse(hasFailed(devices));
    assertTrue(devices.hasFailed(APP, "device-4", VERSION));
    assertTrue(devices.hasFailed(APP, "device-5", VERSION));
    assertEquals(
        Optional.empty(),
        devices.assignedChannel(APP, DeviceKey.device("device-5"), Optional.empty()));
    // One that is known may still change, and goes.
    devices.assign(APP, DEVICE, "alpha");
    assertEquals(Optional.of("alpha"), channel(devices));
    devices.unassign(APP, DEVICE);
    assertEquals(Optional.empty(), channel(devices));

    devices.flush();
    catalog.reload(RequestContext.none());

    assertEquals(new DeviceMemory(3, 3, false), devices.memory());
  }

  @Test
  void channelsThatDevicesChoose_neverKeepOperatorsOut() {
    DeviceCatalog catalog = start(database, RARE, 3);
    Devices devices = Devices.of(catalog, RequestContext.none());
    for (int device = 1; device <= 3; device++) {
      devices.assign(APP, DeviceKey.self("device-" + device), "beta");
    }
    DeviceKey oneMore = DeviceKey.self("device-4");
    assertThrows(DatabaseException.class, () -> devices.assign(APP, oneMore, "beta"));
    devices.assign(APP, DeviceKey.self("device-1"), "stable");
    devices.assign(APP, CUSTOM, "alpha");

    assertEquals(new DeviceMemory(0, 4, false), devices.memory());
    assertEquals(Optional.of("alpha"), channel(devices));

    catalog.reload(RequestContext.none());

    assertEquals(new DeviceMemory(0, 4, false), devices.memory());
    assertEquals(Optional.of("alpha"), channel(devices));
  }

  @Test
  void channels_countInTheOrderOfWhoSaysSo() {
    for (Devices devices : List.of(devices(RARE), devices(Freshness.strict()))) {
      devices.assign(APP, DeviceKey.self("DEVICE-1"), "chosen");
      assertEquals(Optional.of("chosen"), channel(devices));
      assertEquals(Optional.of("chosen"), devices.chosenChannel(APP, DEVICE));
      assertEquals(Optional.empty(), devices.givenChannel(APP, DEVICE, Optional.of(CUSTOM)));
      // Somebody may call a device by what is the id of another one.
      assertEquals(
          Optional.empty(),
          devices.assignedChannel(APP, DeviceKey.custom("device-1"), Optional.empty()));
      devices.assign(APP, CUSTOM, "custom");
      assertEquals(Optional.of("custom"), channel(devices));
      devices.assign(APP, DEVICE, "device");
      assertEquals(Optional.of("device"), channel(devices));
      assertEquals(Optional.of("device"), devices.givenChannel(APP, DEVICE, Optional.of(CUSTOM)));
      assertEquals(Optional.of("chosen"), devices.chosenChannel(APP, DEVICE));
      for (DeviceKey key : List.of(DEVICE, CUSTOM, DeviceKey.self("device-1"))) {
        devices.unassign(APP, key);
      }
      assertEquals(Optional.empty(), channel(devices));
    }
  }

  @Test
  void failuresBeyondTheBound_afterARestart_areTheNewest() {
    Instant now = now();
    for (int device = 1; device <= 9; device++) {
      store().record(List.of(failed(device)), now.minus(Duration.ofDays(10L - device)));
    }

    Devices devices = Devices.of(start(database, RARE, 4), RequestContext.none());

    assertTrue(devices.hasFailed(APP, "device-9", VERSION));
    assertTrue(devices.hasFailed(APP, "device-8", VERSION));
    assertFalse(hasFailed(devices));
    assertFalse(devices.memory().complete());
    devices.record(failed(10));
    assertTrue(devices.hasFailed(APP, "device-10", VERSION));
    assertTrue(devices.memory().failures() <= 4, devices.memory().toString());
    assertFalse(devices.memory().complete());
  }

  @Test
  void reload_withMoreFailuresThanFit_keepsWhatWaits() {
    Instant now = now();
    for (int device = 1; device <= 9; device++) {
      store().record(List.of(failed(device)), now.minus(Duration.ofDays(10L - device)));
    }
    DeviceCatalog catalog = start(database, RARE, 4);
    Devices devices = Devices.of(catalog, RequestContext.none());
    CountDownLatch gate = new CountDownLatch(1);
    database.block(gate);
    devices.record(failed(10));

    catalog.reload(RequestContext.none());

    assertTrue(devices.hasFailed(APP, "device-10", VERSION));
    assertTrue(devices.hasFailed(APP, "device-9", VERSION));
    gate.countDown();
  }

  @Test
  void aTenant_whoseFailuresFindNoRoom_forgetsItsOwnOldOnes() {
    DeviceCatalog catalog = start(database, RARE, 4);
    Devices a = Devices.of(catalog, ObservedDeviceDatabase.tenant("a"));
    Devices b = Devices.of(catalog, ObservedDeviceDatabase.tenant("b"));
    b.record(failed(1));
    for (int device = 2; device <= 4; device++) {
      a.record(failed(device));
    }

    b.record(failed(5));

    assertTrue(b.hasFailed(APP, "device-5", VERSION));
    assertTrue(a.hasFailed(APP, "device-2", VERSION));
    assertEquals(new DeviceMemory(4, 0, false), catalog.memory());
  }

  @Test
  void counts_areRememberedForAWhile() {
    Devices devices = devices(RARE);
    devices.record(installed(1));
    devices.flush();
    List<OutcomeCount> counted = devices.counts(APP);
    int before = database.reads();

    for (int i = 0; i < 10; i++) {
      assertEquals(counted, devices.counts(APP));
    }

    assertTrue(database.reads() <= before + 1, "the database is asked again and again");
    devices.record(installed(2));
    devices.flush();
    assertEquals(
        List.of(new OutcomeCount("stable", RELEASE, VERSION, DeviceOutcome.INSTALLED, 2)),
        devices.counts(APP));
  }

  @Test
  void adoption_addsTheOutcomesUp() {
    Devices devices = devices(RARE);
    devices.record(DeviceFixture.event("device-1", DeviceOutcome.DOWNLOADED));
    devices.record(DeviceFixture.event("device-2", DeviceOutcome.DOWNLOADED));
    devices.record(installed(1));
    devices.record(failed(2));
    devices.record(DeviceFixture.event("device-3", DeviceOutcome.NOT_INSTALLED));
    devices.flush();

    assertEquals(
        List.of(new ReleaseAdoption("stable", RELEASE, VERSION, 2, 1, 1, 1)),
        devices.adoption(APP));
  }

  @Test
  void eventsThatAreOldEnough_areDeleted() {
    Devices devices = devices(RARE);
    Instant now = now();
    List<DeviceEvent> many = new ArrayList<>();
    for (int device = 0; device < RetentionSweep.STEP + 1; device++) {
      DeviceOutcome outcome =
          device % 2 == 0 ? DeviceOutcome.DOWNLOADED : DeviceOutcome.NOT_INSTALLED;
      many.add(DeviceFixture.event("device-" + device, outcome));
    }
    store().record(many, now.minus(Duration.ofDays(91)));
    store().record(List.of(failed(1), installed(1)), now.minus(Duration.ofDays(731)));
    store().record(List.of(failed(2), installed(2)), now.minus(Duration.ofDays(729)));
    store()
        .record(
            List.of(DeviceFixture.event("device-5000", DeviceOutcome.DOWNLOADED)),
            now.minus(Duration.ofDays(89)));

    assertEquals(many.size() + 2, devices.deleteExpired());

    assertEquals(0, devices.deleteExpired());
    assertEquals(
        Stream.of(DeviceOutcome.DOWNLOADED, DeviceOutcome.INSTALLED, DeviceOutcome.FAILED)
            .map(outcome -> new OutcomeCount("stable", RELEASE, VERSION, outcome, 1))
            .toList(),
        devices.counts(APP).stream().sorted(Comparator.comparing(OutcomeCount::outcome)).toList());
  }

  @Test
  void age_isThatOfTheLastPoll() {
    DeviceCatalog catalog = start(QUICK);
    assertEquals(Optional.empty(), catalog.age());

    catalog.warmUp();
    database.setAway(true);

    Duration first = catalog.age().orElseThrow();
    Eventually.await(() -> catalog.age().orElseThrow().compareTo(first) > 0);
  }
}
