package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is known of devices, in memory, for each context key, refreshed in the background; and the
 * events on their way to the database. Safe for use by many threads.
 */
public final class DeviceCatalog implements AutoCloseable {
  private static final String THREAD_PREFIX = "hotupdater-devices";

  /** So often it is looked whether it is time to read everything anew, or to delete. */
  private static final Duration UPKEEP_INTERVAL = Duration.ofMinutes(1);

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  private final DeviceDatabase database;
  private final Freshness freshness;
  private final EventIntake intake;
  private final RetentionSweep retention;
  private final FactBudgets budgets;
  private final FactHash hash = FactHash.salted();
  private final RememberedCounts counts = new RememberedCounts(Clock.systemUTC());
  private final ContextEntries<DeviceEntry> entries = ContextEntries.create(DeviceEntry::drop);
  private final RefreshLoop<DeviceEntry> polling;
  private final RefreshLoop<DeviceEntry> upkeep;

  private DeviceCatalog(DeviceDatabase database, Freshness freshness, DeviceSettings settings) {
    this.database = database;
    this.freshness = freshness;
    intake = new EventIntake(database, settings.queueSize(), LONGEST_CLOSE);
    retention = RetentionSweep.of(settings);
    budgets = FactBudgets.of(settings.maxFacts());
    polling = RefreshLoop.of(THREAD_PREFIX + "-poll", entries::inUse, DeviceEntry::poll);
    upkeep = RefreshLoop.of(THREAD_PREFIX + "-upkeep", entries::inUse, DeviceEntry::upkeep);
    if (!freshness.readsEveryTime()) {
      polling.repeat(freshness.pollInterval());
    }
    upkeep.repeat(UPKEEP_INTERVAL);
  }

  /** A catalogue over this database. Starts the refresh in the background. */
  public static DeviceCatalog start(
      DeviceDatabase database, Freshness freshness, DeviceSettings settings) {
    return new DeviceCatalog(database, freshness, settings);
  }

  void record(RequestContext context, DeviceEvent event) {
    // In this order: who loads the facts sees what waits, or is told of it meanwhile.
    intake.take(context, event);
    Optional<DeviceEntry> entry = entry(context);
    entry.ifPresent(DeviceEntry::use);
    if (isFailed(event) && !freshness.readsEveryTime()) {
      entry.ifPresent(each -> each.takeIn(failure(event)));
    }
  }

  boolean hasFailed(RequestContext context, DeviceFact.Failure failure) {
    Optional<DeviceEntry> entry = inMemory(context);
    if (entry.isPresent()) {
      return entry.get().hasFailed(failure);
    }
    return intake.isWaiting(context, event -> isFailed(event) && failure(event).equals(failure))
        || stored(context).hasFailed(failure);
  }

  /** The channel of the first of these keys that has one. */
  Optional<String> channel(RequestContext context, AppId app, List<DeviceKey> keys) {
    Optional<DeviceEntry> entry = inMemory(context);
    return entry.isPresent() ? entry.get().channel(app, keys) : stored(context).channel(app, keys);
  }

  void assign(RequestContext context, ChannelAssignment assignment) {
    Optional<DeviceEntry> entry = inMemory(context);
    if (entry.isPresent() && isOneChoiceTooMany(entry.get(), assignment)) {
      throw new DatabaseUnavailableException(
          "More devices have chosen a channel than fit into memory. Raise maxFacts of the device"
              + " settings.");
    }
    store(context).assign(assignment);
    entry.ifPresent(each -> each.takeIn(assignment));
  }

  /** Everybody can choose, for devices that there are not, and no choice is ever deleted. */
  private boolean isOneChoiceTooMany(DeviceEntry entry, ChannelAssignment assignment) {
    return assignment.key().kind() == DeviceKey.Kind.SELF
        && budgets.choices().isFull()
        && entry.channel(assignment.app(), List.of(assignment.key())).isEmpty();
  }

  List<OutcomeCount> counts(RequestContext context, AppId app) {
    DeviceStore store = store(context);
    Optional<String> key = context.cacheKey();
    return key.isEmpty() || freshness.readsEveryTime()
        ? List.copyOf(store.counts(app))
        : counts.get(key.get(), app, store);
  }

  void flush(RequestContext context) {
    intake.flush(context);
    context.cacheKey().ifPresent(counts::forget);
  }

  int deleteExpired(RequestContext context) {
    int deleted = retention.run(store(context));
    context.cacheKey().ifPresent(counts::forget);
    return deleted;
  }

  DeviceIntake intake() {
    return intake.statistics();
  }

  DeviceMemory memory() {
    return budgets.memory();
  }

  /** Reads the facts of this context anew, without waiting until it is time. */
  void reload(RequestContext context) {
    inMemory(context).ifPresent(DeviceEntry::reload);
  }

  /**
   * How long ago the facts without a tenant were known to equal the database; absent if they have
   * not been loaded yet, or decisions are not made from memory.
   */
  public Optional<Duration> age() {
    return entries.ofNoTenant().flatMap(DeviceEntry::age);
  }

  /** Loads the facts without a tenant, so that the first device need not wait for them. */
  public void warmUp() {
    inMemory(RequestContext.none()).ifPresent(DeviceEntry::warmUp);
  }

  private Optional<DeviceEntry> inMemory(RequestContext context) {
    return freshness.readsEveryTime() ? Optional.empty() : entry(context);
  }

  private Optional<DeviceEntry> entry(RequestContext context) {
    return context.cacheKey().map(key -> entries.get(key, () -> newEntry(context)));
  }

  private DeviceEntry newEntry(RequestContext context) {
    return new DeviceEntry(
        () -> store(context),
        () -> failures(intake.waiting(context)),
        DeviceFacts.none(hash, budgets),
        retention,
        freshness.pollInterval());
  }

  private static List<DeviceFact.Failure> failures(List<DeviceEvent> events) {
    return events.stream().filter(DeviceCatalog::isFailed).map(DeviceCatalog::failure).toList();
  }

  private static boolean isFailed(DeviceEvent event) {
    return event.outcome() == DeviceOutcome.FAILED;
  }

  private static DeviceFact.Failure failure(DeviceEvent event) {
    return new DeviceFact.Failure(event.app(), event.device(), event.version());
  }

  private StoredFacts stored(RequestContext context) {
    return new StoredFacts(store(context));
  }

  private DeviceStore store(RequestContext context) {
    return database.devices(context);
  }

  /**
   * Stops the refresh in the background, and waits up to two seconds until the events that wait are
   * recorded.
   */
  @Override
  public void close() {
    polling.close();
    upkeep.close();
    intake.close();
  }
}
