package dev.hotupdater.jdbc;

import static dev.hotupdater.jdbc.DeviceFixtures.APP;
import static dev.hotupdater.jdbc.DeviceFixtures.TIME;
import static dev.hotupdater.jdbc.DeviceFixtures.assignment;
import static dev.hotupdater.jdbc.DeviceFixtures.event;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.testkit.DeviceDatabaseContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what else must be so in tables. */
abstract class JdbcDevicesTests extends DeviceDatabaseContract {
  /** More than a page of facts, and than the parameters of a statement. */
  private static final int MANY = 2_100;

  private final TestServer server;
  private @Nullable HikariDataSource pool;

  JdbcDevicesTests(TestServer server) {
    this.server = server;
  }

  @Override
  protected DeviceDatabase createDatabase() throws Exception {
    pool = DeviceFixtures.emptied(server);
    return JdbcDatabase.create(pool);
  }

  @Override
  protected DeviceDatabase createOtherInstance(DeviceDatabase created) {
    return JdbcDatabase.create(dataSource());
  }

  private HikariDataSource dataSource() {
    if (pool == null) {
      throw new IllegalStateException("no database");
    }
    return pool;
  }

  private DeviceStore store() {
    return DeviceFixtures.store(dataSource());
  }

  private static List<DeviceEvent> failures(int count) {
    return IntStream.range(0, count)
        .mapToObj(device -> event(device, DeviceOutcome.FAILED))
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
        List.of(
            new OutcomeCount(
                "stable", DeviceFixtures.release(1), "1.0.0", DeviceOutcome.FAILED, MANY)),
        store.counts(APP));
    assertEquals(MANY, store.deleteBefore(TIME.plusMillis(1), Set.of(DeviceOutcome.FAILED), MANY));
    assertEquals(List.of(), facts(store));
  }

  @Test
  void facts_thatAreBeingRead_keepNobodyWaiting() {
    DeviceStore store = store();
    store.record(failures(MANY), TIME);
    try (Stream<DeviceFact> facts = store.changesSince(TIME)) {
      Iterator<DeviceFact> reading = facts.iterator();
      reading.next();

      // A writer of SQLite would wait for a reader, and a pool for a connection.
      assertEquals(0, dataSource().getHikariPoolMXBean().getActiveConnections());
      store.record(List.of(event("another", DeviceOutcome.FAILED)), TIME.plusMillis(1));
      List<DeviceFact> rest = new ArrayList<>();
      reading.forEachRemaining(rest::add);

      assertEquals(MANY, rest.size());
    }
  }

  @Test
  void customIds_thatDifferInSpacesOrLetterCase_areDifferentKeys() {
    DeviceStore store = store();

    store.assign(assignment("qa", "beta", TIME));
    store.assign(assignment("qa ", "stable", TIME));
    store.assign(assignment("QA", "nightly", TIME));

    assertEquals(
        Set.of(
            assignment("qa", "beta", TIME),
            assignment("qa ", "stable", TIME),
            assignment("QA", "nightly", TIME)),
        new HashSet<>(facts(store)));
  }

  @Test
  void sameEvents_ofManyServersAtOnce_areRecordedOnce() throws Exception {
    List<DeviceEvent> events = failures(200);
    List<DeviceEvent> reversed = new ArrayList<>(events);
    Collections.reverse(reversed);
    List<Callable<Boolean>> servers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      List<DeviceEvent> batch = i % 2 == 0 ? events : reversed;
      servers.add(
          () -> {
            store().record(batch, TIME);
            return true;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(servers.size());
    try {
      for (Future<Boolean> done : threads.invokeAll(servers)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertEquals(200, facts(store()).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update hot_updater_device_events set app_id = '' where device = 'device-0'",
        "update hot_updater_device_channels set kind = 'tribe' where value = 'a'",
        "update hot_updater_device_channels set channel = '/' where value = 'a'",
        "update hot_updater_device_channels set value = '' where value = 'a'"
      })
  void rowThatMakesNoSense_isSkipped(String sql) throws Exception {
    DeviceStore store = store();
    store.record(failures(2), TIME);
    store.assign(assignment("a", "beta", TIME));
    store.assign(assignment("b", "beta", TIME));

    Fixtures.execute(dataSource(), sql);

    assertEquals(3, facts(store).size());
  }

  @Test
  void countOfWhatMakesNoSense_isLeftOut() throws Exception {
    DeviceStore store = store();
    store.record(failures(1), TIME);
    store.record(List.of(event(1, DeviceOutcome.INSTALLED)), TIME);

    Fixtures.execute(
        dataSource(),
        "update hot_updater_device_events set outcome = 'lost' where outcome = 'failed'");

    assertEquals(
        List.of(
            new OutcomeCount(
                "stable", DeviceFixtures.release(1), "1.0.0", DeviceOutcome.INSTALLED, 1)),
        store.counts(APP));
  }
}
