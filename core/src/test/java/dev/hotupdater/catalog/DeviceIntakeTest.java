package dev.hotupdater.catalog;

import static dev.hotupdater.fixture.DeviceFixture.APP;
import static dev.hotupdater.fixture.DeviceFixture.VERSION;
import static dev.hotupdater.fixture.DeviceFixture.failed;
import static dev.hotupdater.fixture.DeviceFixture.installed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.fixture.Eventually;
import dev.hotupdater.fixture.ObservedDeviceDatabase;
import dev.hotupdater.fixture.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceIntakeTest {
  private static final DeviceSettings SMALL = DeviceSettings.builder().queueSize(1_000).build();

  private final ObservedDeviceDatabase database = ObservedDeviceDatabase.create();
  private final List<DeviceCatalog> started = new ArrayList<>();

  @AfterEach
  void close() {
    database.block(new CountDownLatch(0));
    started.forEach(DeviceCatalog::close);
  }

  private DeviceCatalog start(DeviceSettings settings) {
    DeviceCatalog catalog = DeviceCatalog.start(database, Freshness.polling(), settings);
    started.add(catalog);
    return catalog;
  }

  private Devices devices(DeviceSettings settings) {
    return Devices.of(start(settings), RequestContext.none());
  }

  private Devices devices() {
    return devices(SMALL);
  }

  private static long recorded(DeviceDatabase database) {
    return recorded(database, RequestContext.none());
  }

  private static long recorded(DeviceDatabase database, RequestContext context) {
    return database.devices(context).counts(APP).stream().mapToLong(OutcomeCount::devices).sum();
  }

  @Test
  void flood_whileTheDatabaseHangs_isBoundedAndCounted() {
    CountDownLatch gate = new CountDownLatch(1);
    database.block(gate);
    Devices devices = devices();

    List<DeviceEvent> events =
        IntStream.range(0, 2_000).mapToObj(device -> installed(device)).toList();
    for (int time = 0; time < 50; time++) {
      events.forEach(devices::record);
    }

    assertEquals(new DeviceIntake(0, 99_200, 800), devices.intake());
    for (int device = 0; device < 2_000; device++) {
      devices.record(failed(device));
    }
    assertEquals(new DeviceIntake(0, 101_000, 1_000), devices.intake());
    gate.countDown();
    devices.flush();
    assertEquals(new DeviceIntake(1_000, 101_000, 0), devices.intake());
    assertEquals(1_000, recorded(database));
  }

  @Test
  void flood_ofATenant_leavesRoomForOthers() {
    database.setAway("a");
    DeviceCatalog catalog = start(SMALL);
    Devices a = Devices.of(catalog, ObservedDeviceDatabase.tenant("a"));
    Devices b = Devices.of(catalog, ObservedDeviceDatabase.tenant("b"));
    for (int device = 0; device < 3_000; device++) {
      a.record(failed(device));
    }
    assertEquals(new DeviceIntake(0, 2_000, 1_000), catalog.intake());

    b.record(installed(1));
    b.flush();

    assertEquals(new DeviceIntake(1, 2_000, 1_000), catalog.intake());
    assertEquals(1, recorded(database, ObservedDeviceDatabase.tenant("b")));
  }

  @Test
  void floods_ofManyTenants_areBoundedTogether() {
    database.setAway(true);
    DeviceCatalog catalog = start(DeviceSettings.builder().queueSize(10).build());
    for (String tenant : List.of("a", "b", "c")) {
      Devices devices = Devices.of(catalog, ObservedDeviceDatabase.tenant(tenant));
      for (int device = 0; device < 20; device++) {
        devices.record(installed(device));
      }
    }
    assertEquals(new DeviceIntake(0, 44, 16), catalog.intake());

    for (int device = 0; device < 20; device++) {
      Devices.of(catalog, ObservedDeviceDatabase.tenant("d")).record(failed(device));
    }

    assertEquals(new DeviceIntake(0, 60, 20), catalog.intake());
  }

  @Test
  void flush_ofATenant_doesNotWaitForAnother() {
    database.setAway("a");
    DeviceCatalog catalog = start(SMALL);
    Devices.of(catalog, ObservedDeviceDatabase.tenant("a")).record(installed(1));
    Devices b = Devices.of(catalog, ObservedDeviceDatabase.tenant("b"));
    b.record(installed(1));

    b.flush();

    assertEquals(1, recorded(database, ObservedDeviceDatabase.tenant("b")));
    assertEquals(1, catalog.intake().waiting());
  }

  @Test
  void events_areWrittenInBatches() {
    CountDownLatch gate = new CountDownLatch(1);
    database.block(gate);
    Devices devices = devices(DeviceSettings.defaults());
    devices.record(installed(0));
    Eventually.await(() -> database.batches().size() == 1);

    for (int device = 1; device < 1_201; device++) {
      devices.record(installed(device));
    }
    gate.countDown();
    devices.flush();

    assertEquals(List.of(1, 500, 500, 200), database.batches());
  }

  @Test
  void events_withoutAFlush_areWrittenSoon() {
    Devices devices = devices();

    devices.record(installed(1));

    Eventually.await(() -> recorded(database) == 1);
  }

  @Test
  void events_whileTheDatabaseIsAway_waitUntilItIsBack() {
    database.setAway(true);
    Devices devices = devices();
    for (int device = 0; device < 700; device++) {
      devices.record(installed(device));
    }
    Eventually.await(() -> database.batches().size() >= 2);
    assertEquals(new DeviceIntake(0, 0, 700), devices.intake());

    database.setAway(false);
    devices.flush();

    assertEquals(700, recorded(database));
    assertEquals(new DeviceIntake(700, 0, 0), devices.intake());
  }

  @Test
  void events_ofManyThreads_allArrive() {
    Devices devices = devices(DeviceSettings.defaults());

    List<Boolean> unused =
        Together.call(
            4,
            thread ->
                () -> {
                  for (int event = 0; event < 500; event++) {
                    devices.record(installed(thread * 500 + event));
                  }
                  return true;
                });
    devices.flush();

    assertEquals(2_000, recorded(database));
    assertEquals(new DeviceIntake(2_000, 0, 0), devices.intake());
  }

  @Test
  void anEvent_toldAgain_isNotWrittenAgain() {
    Devices devices = devices();
    DeviceEvent event = installed(1);
    DeviceEvent again =
        new DeviceEvent(
            APP,
            event.device().toUpperCase(Locale.ROOT),
            event.release(),
            event.version(),
            event.channel(),
            "ios",
            event.outcome(),
            "other",
            event.at().plusSeconds(1));

    devices.record(event);
    devices.record(again);
    devices.flush();
    devices.record(event);
    devices.record(installed(2));
    devices.flush();

    assertEquals(List.of(1, 1), database.batches());
    assertEquals(new DeviceIntake(2, 0, 0), devices.intake());
  }

  @Test
  void anEvent_thatWasDropped_isTakenWhenItIsToldAgain() {
    CountDownLatch gate = new CountDownLatch(1);
    database.block(gate);
    Devices devices = devices(DeviceSettings.builder().queueSize(2).build());
    devices.record(installed(1));
    devices.record(installed(2));
    devices.record(installed(3));
    assertEquals(1, devices.intake().dropped());
    gate.countDown();
    devices.flush();

    devices.record(installed(3));
    devices.flush();

    assertEquals(3, recorded(database));
  }

  @Test
  void anEvent_thatTheDatabaseRefuses_holdsUpNoOther() {
    database.refuse(event -> event.device().equals("device-3"));
    Devices devices = devices();

    for (int device = 0; device < 5; device++) {
      devices.record(installed(device));
    }
    devices.flush();

    assertEquals(4, recorded(database));
    assertEquals(new DeviceIntake(4, 1, 0), devices.intake());
  }

  @Test
  void anEvent_thatTheDatabaseRefusesForAWhile_isRecorded() {
    // Three times with all, and once by itself.
    AtomicInteger refusals = new AtomicInteger(4);
    database.refuse(event -> event.device().equals("device-1") && refusals.getAndDecrement() > 0);
    Devices devices = devices();

    for (int device = 0; device < 5; device++) {
      devices.record(installed(device));
    }
    devices.flush();

    assertEquals(new DeviceIntake(5, 0, 0), devices.intake());
    assertEquals(5, recorded(database));
  }

  @Test
  void events_ofATenantWhoseDatabaseIsAway_holdUpNoOther() {
    database.setAway("a");
    DeviceCatalog catalog = start(SMALL);
    RequestContext a = ObservedDeviceDatabase.tenant("a");
    RequestContext b = ObservedDeviceDatabase.tenant("b");

    Devices.of(catalog, a).record(installed(1));
    Devices.of(catalog, b).record(installed(1));
    Devices.of(catalog, b).record(installed(2));

    Eventually.await(() -> recorded(database, b) == 2);
    assertEquals(1, catalog.intake().waiting());
    database.setAway("-");
    Devices.of(catalog, a).flush();
    assertEquals(1, recorded(database, a));
  }

  @Test
  void events_ofContextsWithoutACacheKey_areWrittenToTheirOwnTenant() {
    DeviceCatalog catalog = start(SMALL);
    RequestContext context = RequestContext.none();
    for (String name : List.of("a", "b")) {
      context = RequestContext.none().with(ObservedDeviceDatabase.TENANT, name);
      Devices.of(catalog, context).record(failed(1));
      assertTrue(Devices.of(catalog, context).hasFailed(APP, "device-1", VERSION));
    }
    Devices.of(catalog, context).flush();

    assertEquals(1, recorded(database, ObservedDeviceDatabase.tenant("a")));
    assertEquals(1, recorded(database, ObservedDeviceDatabase.tenant("b")));
    assertEquals(0, recorded(database));
  }

  @Test
  void close_writesWhatWaits() {
    EventIntake intake = new EventIntake(database, 1_000, Duration.ofMinutes(1));
    for (int device = 0; device < 700; device++) {
      intake.take(RequestContext.none(), installed(device));
    }

    intake.close();

    assertEquals(700, recorded(database));
    assertEquals(new DeviceIntake(700, 0, 0), intake.statistics());
  }

  @Test
  void close_whileTheDatabaseIsAway_endsAndCountsWhatIsLost() {
    database.setAway(true);
    DeviceCatalog catalog = start(SMALL);
    Devices devices = Devices.of(catalog, RequestContext.none());
    for (int device = 0; device < 700; device++) {
      devices.record(installed(device));
    }

    catalog.close();
    devices.record(installed(1_000));

    assertEquals(new DeviceIntake(0, 701, 0), devices.intake());
  }

  @Test
  void close_whileTheDatabaseHangs_ends() {
    database.block(new CountDownLatch(1));
    DeviceCatalog catalog = start(SMALL);
    Devices devices = Devices.of(catalog, RequestContext.none());
    devices.record(installed(1));

    catalog.close();

    Eventually.await(() -> devices.intake().equals(new DeviceIntake(0, 1, 0)));
  }

  @Test
  void flush_ofAnInterruptedThread_saysSo() {
    database.setAway(true);
    Devices devices = devices();
    devices.record(installed(1));

    Thread.currentThread().interrupt();

    assertThrows(DatabaseUnavailableException.class, devices::flush);
    assertTrue(Thread.interrupted());
  }

  @Test
  void threadThatWrites_startsWithTheFirstEvent() throws Exception {
    Devices devices = devices();
    // A thread belongs to the group of the one that starts it.
    ThreadGroup group = new ThreadGroup("teller");
    Thread teller = new Thread(group, () -> devices.record(installed(1)));

    teller.start();
    teller.join();

    Thread[] started = new Thread[2];
    assertEquals(1, group.enumerate(started));
    assertEquals("hotupdater-devices-write", started[0].getName());
  }
}
