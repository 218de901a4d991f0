package dev.hotupdater.catalog;

import static dev.hotupdater.fixture.DeviceFixture.APP;
import static dev.hotupdater.fixture.DeviceFixture.VERSION;
import static dev.hotupdater.fixture.DeviceFixture.installed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.fixture.ObservedDeviceDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceEntryTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private final ObservedDeviceDatabase database = ObservedDeviceDatabase.create();
  private final FactBudget failures = FactBudget.of("failures", 3);
  private final FactBudget assignments = FactBudget.of("assignments", 3);
  private final FactBudget choices = FactBudget.of("choices", 3);
  private final DeviceEntry entry =
      new DeviceEntry(
          this::store,
          List::of,
          DeviceFacts.none(FactHash.salted(), new FactBudgets(failures, assignments, choices)),
          RetentionSweep.of(DeviceSettings.defaults()),
          Duration.ofHours(1));

  private DeviceStore store() {
    return database.devices(RequestContext.none());
  }

  private static DeviceFact.Failure failure(int device) {
    return new DeviceFact.Failure(APP, "device-" + device, VERSION);
  }

  @Test
  void upkeep_deletesOldEventsOnceAnHour() {
    store().record(List.of(installed(1)), LONG_AGO);
    entry.upkeep();
    assertEquals(List.of(), store().counts(APP));

    store().record(List.of(installed(2)), LONG_AGO);
    entry.upkeep();

    assertEquals(1, store().counts(APP).size());
  }

  @Test
  void upkeep_thatFailed_isDoneAgain() {
    store().record(List.of(installed(1)), LONG_AGO);
    database.setAway(true);
    assertThrows(DatabaseException.class, entry::upkeep);
    database.setAway(false);

    entry.upkeep();

    assertEquals(List.of(), store().counts(APP));
  }

  @Test
  void upkeep_withinAnHour_doesNotReadEverythingAnew() {
    entry.warmUp();
    int before = database.reads();

    entry.upkeep();

    assertEquals(before, database.reads());
  }

  @Test
  void poll_beforeAnythingWasRead_readsNothing() {
    entry.poll();

    assertEquals(0, database.reads());
  }

  @Test
  void firstRead_thatFailed_isNotTriedByEveryRequest() {
    database.setAway(true);

    for (int i = 0; i < 5; i++) {
      assertThrows(DatabaseException.class, () -> entry.hasFailed(failure(1)));
    }

    assertEquals(1, database.reads());
  }

  @Test
  void drop_givesTheRoomBack_andTheEntryStillAnswers() {
    entry.warmUp();
    for (int device = 0; device < 3; device++) {
      entry.takeIn(failure(device));
    }
    assertTrue(failures.isFull());

    entry.drop();
    entry.takeIn(failure(7));

    assertEquals(0, failures.used());
    assertFalse(failures.isFull());
    assertTrue(entry.hasFailed(failure(1)));
  }

  @Test
  void reloads_keepTheBudgetRight() {
    entry.warmUp();
    entry.takeIn(failure(1));
    entry.takeIn(failure(2));
    assertEquals(2, failures.used());

    entry.reload();
    assertEquals(0, failures.used());

    for (int device = 0; device < 9; device++) {
      entry.takeIn(failure(device));
    }
    assertEquals(3, failures.used());
  }
}
