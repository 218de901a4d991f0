package dev.hotupdater.testkit;

import static dev.hotupdater.device.DeviceOutcome.DOWNLOADED;
import static dev.hotupdater.device.DeviceOutcome.FAILED;
import static dev.hotupdater.device.DeviceOutcome.INSTALLED;
import static dev.hotupdater.device.DeviceOutcome.NOT_INSTALLED;
import static dev.hotupdater.testkit.SampleReleases.appId;
import static dev.hotupdater.testkit.SampleReleases.releaseId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DeviceDatabase} must do with what devices tell. Who writes one of their own
 * extends this class beside {@link DatabaseContract}.
 */
public abstract class DeviceDatabaseContract {
  private static final Instant TIME = Instant.parse("2026-03-13T12:00:00.123Z");
  private static final Duration TICK = Duration.ofMillis(1);
  private static final AppId APP = appId(1);
  private static final Set<DeviceOutcome> ALL = EnumSet.allOf(DeviceOutcome.class);
  private static final int RECORDERS = 8;
  private static final int EVENTS_OF_A_RECORDER = 25;
  private static final int LARGE_BATCH = 1_000;

  private Optional<DeviceDatabase> current = Optional.empty();

  /** For subclasses. */
  protected DeviceDatabaseContract() {}

  /**
   * Creates a database in which no device has told anything, ready for use. It is asked for one
   * before each test; the databases of different tests must not share anything.
   */
  protected abstract DeviceDatabase createDatabase() throws Exception;

  /**
   * Another instance over what this one is kept in, as another server has it. It is the same one
   * unless this is overridden, which a database outside of the process should do.
   */
  protected DeviceDatabase createOtherInstance(DeviceDatabase created) throws Exception {
    return created;
  }

  /** Disposes of a database after a test; does nothing unless it is overridden. */
  protected void dispose(DeviceDatabase created) throws Exception {}

  /** Asks for the database of a test. */
  @BeforeEach
  public void createDatabaseOfTest() throws Exception {
    current = Optional.of(createDatabase());
  }

  /** Disposes of the database of a test. */
  @AfterEach
  public void disposeOfDatabaseOfTest() throws Exception {
    if (current.isPresent()) {
      dispose(current.get());
    }
  }

  private DeviceDatabase database() {
    return current.orElseThrow();
  }

  private DeviceStore store() {
    return storeOf(database());
  }

  private DeviceStore otherStore() throws Exception {
    return storeOf(createOtherInstance(database()));
  }

  private static DeviceStore storeOf(DeviceDatabase database) {
    return database.devices(RequestContext.none());
  }

  private static DeviceEvent event(int device, DeviceOutcome outcome) {
    return event(APP, "device-" + device, 1, outcome);
  }

  private static DeviceEvent event(AppId app, String device, int release, DeviceOutcome outcome) {
    return new DeviceEvent(
        app,
        device,
        releaseId(release),
        "1.0." + release,
        "stable",
        "android",
        outcome,
        "action_" + outcome.jsonName(),
        TIME.minusSeconds(60));
  }

  private static List<DeviceEvent> events(int first, int count, DeviceOutcome outcome) {
    return IntStream.range(first, first + count).mapToObj(each -> event(each, outcome)).toList();
  }

  private static OutcomeCount count(DeviceOutcome outcome, long devices) {
    return new OutcomeCount("stable", releaseId(1), "1.0.1", outcome, devices);
  }

  private void assertCounts(OutcomeCount... expected) {
    assertCounts(store(), APP, expected);
  }

  private static void assertCounts(DeviceStore store, AppId app, OutcomeCount... expected) {
    List<OutcomeCount> counts = store.counts(app);
    assertEquals(Set.of(expected), new HashSet<>(counts));
    assertEquals(expected.length, counts.size());
  }

  private Set<DeviceFact> changesSince(Instant moment) {
    return changesSince(store(), moment);
  }

  private static Set<DeviceFact> changesSince(DeviceStore store, Instant moment) {
    try (Stream<DeviceFact> facts = store.changesSince(moment)) {
      return facts.collect(Collectors.toSet());
    }
  }

  private static DeviceFact failureOf(DeviceEvent event) {
    return new DeviceFact.Failure(event.app(), event.device(), event.version());
  }

  private static ChannelAssignment assignment(DeviceKey key, String channel, Instant at) {
    return new ChannelAssignment(APP, key, Optional.of(channel), at);
  }

  @Test
  public void everything_ofANewDatabase_isEmpty() {
    assertCounts();
    assertEquals(Set.of(), changesSince(Instant.EPOCH));
    assertEquals(0, store().deleteBefore(TIME, ALL, 10));
  }

  @Test
  public void record_ofNothing_recordsNothing() {
    store().record(List.of(), TIME);

    assertCounts();
  }

  @Test
  public void record_ofAnEventThatIsThere_leavesItAsItWas() {
    DeviceEvent first = event(1, INSTALLED);
    DeviceEvent again =
        new DeviceEvent(
            APP, first.device(), first.release(), "9.9.9", "beta", "ios", INSTALLED, "set", TIME);

    store().record(List.of(first), TIME);
    store().record(List.of(again, event(2, INSTALLED)), TIME.plusSeconds(1));

    assertCounts(count(INSTALLED, 2));
    assertEquals(1, store().deleteBefore(TIME.plus(TICK), ALL, 10));
  }

  @Test
  public void record_ofTheSameEventTwiceInABatch_recordsItOnce() {
    store().record(List.of(event(1, FAILED), event(2, FAILED), event(1, FAILED)), TIME);

    assertCounts(count(FAILED, 2));
  }

  @Test
  public void record_ofTheSameEventsByManyAtOnce_recordsEachOnce() throws Exception {
    DeviceStore other = otherStore();
    List<Callable<Void>> work = new ArrayList<>();
    for (int recorder = 0; recorder < RECORDERS; recorder++) {
      DeviceStore store = recorder % 2 == 0 ? store() : other;
      List<DeviceEvent> told = new ArrayList<>(events(0, 10, DOWNLOADED));
      if (recorder % 3 == 0) {
        // In another order, which invites deadlocks.
        Collections.reverse(told);
      }
      work.add(
          () -> {
            store.record(told, TIME);
            return null;
          });
    }

    DatabaseConcurrencyTests.runAll(work);

    assertCounts(count(DOWNLOADED, 10));
  }

  @Test
  public void record_ofDifferentEventsByManyAtOnce_losesNothing() throws Exception {
    DeviceStore other = otherStore();
    List<Callable<Void>> work = new ArrayList<>();
    for (int recorder = 0; recorder < RECORDERS; recorder++) {
      DeviceStore store = recorder % 2 == 0 ? store() : other;
      int first = recorder * EVENTS_OF_A_RECORDER;
      work.add(
          () -> {
            for (int batch = 0; batch < EVENTS_OF_A_RECORDER; batch += 5) {
              store.record(events(first + batch, 5, FAILED), TIME);
            }
            return null;
          });
    }

    DatabaseConcurrencyTests.runAll(work);

    int all = RECORDERS * EVENTS_OF_A_RECORDER;
    assertCounts(count(FAILED, all));
    assertEquals(
        events(0, all, FAILED).stream()
            .map(DeviceDatabaseContract::failureOf)
            .collect(Collectors.toSet()),
        changesSince(TIME));
  }

  @Test
  public void record_ofALargeBatch_recordsAllOfIt() {
    store().record(events(0, LARGE_BATCH, FAILED), TIME);

    assertCounts(count(FAILED, LARGE_BATCH));
    assertEquals(LARGE_BATCH, changesSince(TIME).size());
  }

  @Test
  public void record_isSeenByAnotherInstance() throws Exception {
    DeviceStore other = otherStore();
    DeviceEvent failure = event(1, FAILED);
    ChannelAssignment assignment = assignment(DeviceKey.device("device-1"), "beta", TIME);

    store().record(List.of(failure), TIME);
    store().assign(assignment);

    assertCounts(other, APP, count(FAILED, 1));
    assertEquals(Set.of(failureOf(failure), assignment), changesSince(other, TIME));
  }

  @Test
  public void counts_areOfEachChannelReleaseVersionAndOutcome() {
    List<DeviceEvent> told = new ArrayList<>();
    for (DeviceOutcome outcome : DeviceOutcome.values()) {
      told.addAll(events(0, 1 + outcome.ordinal(), outcome));
    }
    told.add(event(APP, "device-1", 2, INSTALLED));
    ReleaseId moved = releaseId(1);
    told.add(
        new DeviceEvent(APP, "device-8", moved, "1.0.1", "beta", "ios", INSTALLED, "set", TIME));
    told.add(
        new DeviceEvent(
            APP, "device-9", moved, "1.0.1+b", "stable", "ios", INSTALLED, "set", TIME));

    store().record(told, TIME);

    assertCounts(
        count(DOWNLOADED, 1),
        count(INSTALLED, 2),
        count(NOT_INSTALLED, 3),
        count(FAILED, 4),
        new OutcomeCount("stable", releaseId(2), "1.0.2", INSTALLED, 1),
        new OutcomeCount("beta", releaseId(1), "1.0.1", INSTALLED, 1),
        new OutcomeCount("stable", releaseId(1), "1.0.1+b", INSTALLED, 1));
  }

  @Test
  public void counts_ofAnApp_leaveOtherAppsOut() {
    AppId upper = AppId.of("com.Example.app-1");
    store()
        .record(
            List.of(
                event(1, INSTALLED),
                event(appId(2), "device-1", 1, INSTALLED),
                event(upper, "device-1", 1, INSTALLED)),
            TIME);

    assertCounts(store(), APP, count(INSTALLED, 1));
    assertCounts(store(), appId(2), count(INSTALLED, 1));
    assertCounts(store(), upper, count(INSTALLED, 1));
    assertCounts(store(), appId(3));
  }

  @Test
  public void counts_ofVersionsAndChannelsInBothLetterCases_areKeptApart() {
    for (String version : List.of("1.0.0-rc", "1.0.0-RC")) {
      for (String channel : List.of("stable", "Stable")) {
        String device = "device-" + version.hashCode() + channel.hashCode();
        store()
            .record(
                List.of(
                    new DeviceEvent(
                        APP, device, releaseId(1), version, channel, "ios", FAILED, "x", TIME)),
                TIME);
      }
    }

    assertCounts(
        new OutcomeCount("stable", releaseId(1), "1.0.0-rc", FAILED, 1),
        new OutcomeCount("Stable", releaseId(1), "1.0.0-rc", FAILED, 1),
        new OutcomeCount("stable", releaseId(1), "1.0.0-RC", FAILED, 1),
        new OutcomeCount("Stable", releaseId(1), "1.0.0-RC", FAILED, 1));
  }

  @Test
  public void changesSince_aMoment_haveWhatWasRecordedThenAndLater() {
    DeviceEvent before = event(1, FAILED);
    DeviceEvent then = event(2, FAILED);
    DeviceEvent later = event(3, FAILED);
    ChannelAssignment assignedThen = assignment(DeviceKey.device("device-4"), "beta", TIME);
    ChannelAssignment assignedLater =
        assignment(DeviceKey.device("device-5"), "beta", TIME.plus(TICK));
    // Servers whose clocks differ record in any order.
    store().record(List.of(later), TIME.plus(TICK));
    store().assign(assignedLater);
    store().record(List.of(before), TIME.minus(TICK));
    store().record(List.of(then), TIME);
    store().assign(assignedThen);

    Set<DeviceFact> changes = changesSince(TIME);

    assertTrue(
        changes.containsAll(Set.of(failureOf(then), failureOf(later), assignedThen, assignedLater)),
        changes.toString());
    assertTrue(changesSince(Instant.EPOCH).contains(failureOf(before)));
  }

  @Test
  public void changesSince_haveFailuresAndAssignmentsAlone() {
    store()
        .record(
            List.of(
                event(1, DOWNLOADED),
                event(2, INSTALLED),
                event(3, NOT_INSTALLED),
                event(4, FAILED)),
            TIME);
    ChannelAssignment assignment = assignment(DeviceKey.device("device-1"), "beta", TIME);
    store().assign(assignment);

    assertEquals(Set.of(failureOf(event(4, FAILED)), assignment), changesSince(Instant.EPOCH));
  }

  @Test
  public void changesSince_thatAreNotReadToTheEnd_leaveTheStoreUsable() {
    store().record(events(0, 300, FAILED), TIME);

    for (int i = 0; i < 30; i++) {
      try (Stream<DeviceFact> facts = store().changesSince(TIME)) {
        assertTrue(facts.iterator().hasNext());
      }
    }

    assertEquals(300, changesSince(TIME).size());
  }

  private Set<DeviceFact> factsOf(AppId app, DeviceKey... keys) {
    return new HashSet<>(store().factsOf(app, Set.of(keys)));
  }

  @Test
  public void factsOf_aDevice_areItsFailuresAndAssignmentAlone() {
    DeviceEvent second = event(APP, "device-1", 2, FAILED);
    ChannelAssignment own = assignment(DeviceKey.device("device-1"), "beta", TIME);
    store().record(List.of(event(1, FAILED), second, event(1, INSTALLED)), TIME);
    store().record(List.of(event(2, FAILED), event(appId(2), "device-1", 3, FAILED)), TIME);
    store().assign(own);
    store().assign(assignment(DeviceKey.device("device-2"), "beta", TIME));
    store().assign(assignment(DeviceKey.custom("device-1"), "alpha", TIME));
    store()
        .assign(
            new ChannelAssignment(
                appId(2), DeviceKey.device("device-1"), Optional.of("beta"), TIME));

    assertEquals(
        Set.of(failureOf(event(1, FAILED)), failureOf(second), own),
        factsOf(APP, DeviceKey.device("DEVICE-1")));
    assertEquals(Set.of(), factsOf(APP, DeviceKey.device("device-3")));
    assertEquals(Set.of(), factsOf(APP));
  }

  @Test
  public void factsOf_severalKeys_areThoseOfAll() throws Exception {
    ChannelAssignment device = assignment(DeviceKey.device("device-1"), "stable", TIME);
    ChannelAssignment custom =
        new ChannelAssignment(APP, DeviceKey.custom("Anna"), Optional.empty(), TIME);
    store().record(List.of(event(1, FAILED), event(APP, "anna", 1, FAILED)), TIME);
    store().assign(device);
    store().assign(assignment(DeviceKey.custom("anna"), "beta", TIME));
    store().assign(custom);

    assertEquals(
        Set.of(failureOf(event(1, FAILED)), device, custom),
        new HashSet<>(otherStore().factsOf(APP, Set.of(device.key(), custom.key()))));
    assertEquals(Set.of(custom), factsOf(APP, custom.key()));
  }

  @Test
  public void factsOf_keysThatDifferInAnything_areKeptApart() {
    // A composed and a decomposed letter, accents, and a space at the end.
    List<String> values = List.of("ann\u00e9", "anne\u0301", "anne", "anne ", "%");
    for (String value : values) {
      store().record(List.of(event(APP, value, 1, FAILED)), TIME);
      store().assign(assignment(DeviceKey.custom(value), "beta", TIME));
    }

    for (String value : values) {
      assertEquals(
          Set.of(failureOf(event(APP, value, 1, FAILED))), factsOf(APP, DeviceKey.device(value)));
      assertEquals(
          Set.of(assignment(DeviceKey.custom(value), "beta", TIME)),
          factsOf(APP, DeviceKey.custom(value)));
    }
  }

  @Test
  public void assign_anotherChannel_replacesTheLast() {
    DeviceKey key = DeviceKey.device("device-1");
    ChannelAssignment second = assignment(key, "stable", TIME.plusSeconds(1));

    store().assign(assignment(key, "beta", TIME));
    store().assign(second);

    assertEquals(Set.of(second), changesSince(Instant.EPOCH));
    assertEquals(Set.of(second), changesSince(TIME.plusSeconds(1)));
  }

  @Test
  public void assign_byAServerWhoseClockIsBehind_replacesTheLast() {
    DeviceKey key = DeviceKey.device("device-1");
    ChannelAssignment second = assignment(key, "stable", TIME.minusSeconds(1));

    store().assign(assignment(key, "beta", TIME));
    store().assign(second);

    assertEquals(Set.of(second), changesSince(TIME.minusSeconds(1)));
  }

  @Test
  public void assign_noChannel_isAFactAsWell() {
    DeviceKey key = DeviceKey.custom("Anna");
    ChannelAssignment none = new ChannelAssignment(APP, key, Optional.empty(), TIME.plusSeconds(1));

    store().assign(assignment(key, "beta", TIME));
    store().assign(none);

    assertEquals(Set.of(none), changesSince(TIME));
  }

  @Test
  public void assign_ofManyAtOnce_losesNothing() throws Exception {
    DeviceStore other = otherStore();
    List<Callable<Void>> work = new ArrayList<>();
    Set<DeviceFact> expected = new HashSet<>();
    for (int number = 0; number < RECORDERS; number++) {
      DeviceStore store = number % 2 == 0 ? store() : other;
      ChannelAssignment own = assignment(DeviceKey.device("device-" + number), "beta", TIME);
      expected.add(own);
      work.add(
          () -> {
            store.assign(own);
            store.assign(assignment(DeviceKey.custom("shared"), "beta", TIME));
            return null;
          });
    }
    expected.add(assignment(DeviceKey.custom("shared"), "beta", TIME));

    DatabaseConcurrencyTests.runAll(work);

    assertEquals(expected, changesSince(TIME));
  }

  @Test
  public void deviceIds_inBothLetterCases_areOneDevice() {
    String lower = "8a3f0b1c-5d6e-4f70-9a8b-0c1d2e3f4a5b";
    String upper = lower.toUpperCase(Locale.ROOT);

    store().record(List.of(event(APP, upper, 1, FAILED)), TIME);
    store().record(List.of(event(APP, lower, 1, FAILED)), TIME);
    store().assign(assignment(DeviceKey.device(lower), "beta", TIME));
    store().assign(assignment(DeviceKey.device(upper), "stable", TIME));

    assertCounts(count(FAILED, 1));
    assertEquals(
        Set.of(
            new DeviceFact.Failure(APP, lower, "1.0.1"),
            assignment(DeviceKey.device(lower), "stable", TIME)),
        changesSince(TIME));
  }

  @Test
  public void assign_byTheDeviceItself_isKeptApartFromWhatItWasGiven() {
    ChannelAssignment given = assignment(DeviceKey.device("device-1"), "beta", TIME);
    ChannelAssignment chosen = assignment(DeviceKey.self("DEVICE-1"), "alpha", TIME);
    ChannelAssignment left =
        new ChannelAssignment(APP, DeviceKey.self("device-1"), Optional.empty(), TIME);

    store().assign(given);
    store().assign(chosen);
    assertEquals(Set.of(given, chosen), changesSince(TIME));
    store().assign(left);

    assertEquals(Set.of(given, left), changesSince(TIME));
  }

  @Test
  public void keys_thatDifferInAnything_areKeptApart() {
    Set<DeviceFact> expected = new HashSet<>();
    // A composed and a decomposed letter, letter cases, accents, and a space at the end.
    for (String value : List.of("ann\u00e9", "anne\u0301", "anne", "Anne", "ANNE", "anne ")) {
      expected.add(assignment(DeviceKey.custom(value), "beta", TIME));
    }
    expected.add(assignment(DeviceKey.device("anne"), "stable", TIME));
    expected.add(
        new ChannelAssignment(appId(2), DeviceKey.device("anne"), Optional.of("beta"), TIME));

    expected.forEach(fact -> store().assign((ChannelAssignment) fact));

    assertEquals(expected, changesSince(TIME));
  }

  @Test
  public void valuesAsLongAsTheyCanBe_comeBackAsTheyWere() {
    AppId app = AppId.of("a".repeat(128));
    String version = "1.0.0-" + "a".repeat(ReleaseVersion.MAX_LENGTH - "1.0.0-".length());
    String device = "\u4e16".repeat(DeviceKey.MAX_LENGTH);
    String custom = "\ud83d\ude80".repeat(DeviceKey.MAX_LENGTH / 2);
    String channel = "c".repeat(64);
    DeviceEvent longest =
        new DeviceEvent(
            app,
            device,
            releaseId(1),
            version,
            channel,
            "\u017e".repeat(32),
            FAILED,
            "\u017e".repeat(DeviceEvent.MAX_ACTION_LENGTH),
            TIME);
    ChannelAssignment assignment =
        new ChannelAssignment(app, DeviceKey.custom(custom), Optional.of(channel), TIME);

    store().record(List.of(longest), TIME);
    store().assign(assignment);

    assertCounts(store(), app, new OutcomeCount(channel, releaseId(1), version, FAILED, 1));
    assertEquals(Set.of(failureOf(longest), assignment), changesSince(TIME));
  }

  @Test
  public void textsThatMeanSomethingElsewhere_comeBackAsTheyWere() {
    String text = "\u017dlu\u0165ou\u010dk\u00fd \"quoted\" \\ 'single' %s {} $1 ; -- / ../ end";
    DeviceEvent told =
        new DeviceEvent(
            APP,
            text,
            releaseId(1),
            "1.0.0+a.b-c",
            "a.b_c",
            text.substring(0, 32),
            FAILED,
            text,
            TIME);
    ChannelAssignment assignment = assignment(DeviceKey.custom(text), "a.b_c", TIME);

    store().record(List.of(told), TIME);
    store().assign(assignment);

    assertEquals(Set.of(failureOf(told), assignment), changesSince(TIME));
  }

  @Test
  public void deleteBefore_aMoment_keepsWhatWasRecordedThenAndLater() {
    store().record(events(0, 3, FAILED), TIME.minus(TICK));
    store().record(events(3, 4, FAILED), TIME);
    store().record(events(7, 5, FAILED), TIME.plus(TICK));

    assertEquals(3, store().deleteBefore(TIME, ALL, 100));

    assertCounts(count(FAILED, 9));
    assertEquals(
        events(3, 9, FAILED).stream()
            .map(DeviceDatabaseContract::failureOf)
            .collect(Collectors.toSet()),
        changesSince(Instant.EPOCH));
    assertEquals(0, store().deleteBefore(TIME, ALL, 100));
  }

  @Test
  public void deleteBefore_withOutcomes_keepsTheOthersAndAllAssignments() {
    ChannelAssignment assignment = assignment(DeviceKey.device("device-1"), "beta", TIME);
    store().assign(assignment);
    for (DeviceOutcome outcome : DeviceOutcome.values()) {
      store().record(events(0, 2, outcome), TIME);
    }
    Instant after = TIME.plusSeconds(1);

    assertEquals(4, store().deleteBefore(after, EnumSet.of(DOWNLOADED, NOT_INSTALLED), 100));
    assertCounts(count(INSTALLED, 2), count(FAILED, 2));

    assertEquals(2, store().deleteBefore(after, EnumSet.of(FAILED), 100));
    assertCounts(count(INSTALLED, 2));
    assertEquals(Set.of(assignment), changesSince(Instant.EPOCH));
  }

  @Test
  public void deleteBefore_withALimit_deletesNoMoreAtOnce() {
    store().record(events(0, 10, INSTALLED), TIME);
    Instant after = TIME.plusSeconds(1);

    assertEquals(4, store().deleteBefore(after, ALL, 4));
    assertCounts(count(INSTALLED, 6));
    assertEquals(4, store().deleteBefore(after, ALL, 4));
    assertEquals(2, store().deleteBefore(after, ALL, 4));
    assertCounts();
  }
}
