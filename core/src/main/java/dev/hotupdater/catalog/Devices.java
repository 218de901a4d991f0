package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.device.ReleaseAdoption;
import dev.hotupdater.release.AppId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What devices told, and the channels that they were given to. What decisions need is in memory,
 * unless the context has no cache key or the server reads its database every time. Safe for use by
 * many threads.
 *
 * <p>What this server is told itself is known to its next decision; what another one is told, one
 * poll of the database later.
 */
public final class Devices {
  private final DeviceCatalog catalog;
  private final RequestContext context;

  private Devices(DeviceCatalog catalog, RequestContext context) {
    this.catalog = catalog;
    this.context = context;
  }

  /** The devices that belong to this request. */
  public static Devices of(DeviceCatalog catalog, RequestContext context) {
    return new Devices(catalog, context);
  }

  /**
   * Records an event in the background: this never waits for the database, and never fails. If more
   * come than the database takes, new ones are dropped, failures last, and {@link #intake} counts
   * them. What a device tells again is recorded once.
   */
  public void record(DeviceEvent event) {
    catalog.record(context, event);
  }

  /**
   * Whether a version failed on a device.
   *
   * @param device its id, as in {@link DeviceKey#device}
   * @throws dev.hotupdater.device.InvalidDeviceException if no device has such an id
   * @throws dev.hotupdater.database.DatabaseException if nothing is in memory yet and the database
   *     cannot be read
   */
  public boolean hasFailed(AppId app, String device, String version) {
    String id = DeviceKey.device(device).value();
    return catalog.hasFailed(context, new DeviceFact.Failure(app, id, version));
  }

  /**
   * The channel that counts for a device: the one that it was given to, or else the one that it has
   * chosen itself.
   *
   * @throws dev.hotupdater.database.DatabaseException if nothing is in memory yet and the database
   *     cannot be read
   */
  public Optional<String> assignedChannel(AppId app, DeviceKey device, Optional<DeviceKey> custom) {
    return catalog.channel(
        context, app, Stream.concat(given(device, custom), chosen(device)).toList());
  }

  /**
   * The channel that an operator gave a device to: by its own id, or else by its custom one.
   *
   * @throws dev.hotupdater.database.DatabaseException if nothing is in memory yet and the database
   *     cannot be read
   */
  public Optional<String> givenChannel(AppId app, DeviceKey device, Optional<DeviceKey> custom) {
    return catalog.channel(context, app, given(device, custom).toList());
  }

  /**
   * The channel that counts for a device whatever it names: that which an operator gave it to, or
   * else that which it has chosen itself, while it still may.
   *
   * @param mayBeNamed whether a device may be on a channel that it was not given to
   * @throws dev.hotupdater.database.DatabaseException if nothing is in memory yet and the database
   *     cannot be read
   */
  public Optional<String> effectiveChannel(
      AppId app, DeviceKey device, Optional<DeviceKey> custom, Predicate<String> mayBeNamed) {
    return givenChannel(app, device, custom)
        .or(() -> chosenChannel(app, device).filter(mayBeNamed));
  }

  /**
   * The channel that a device has chosen itself; an operator's word counts more.
   *
   * @throws dev.hotupdater.database.DatabaseException if nothing is in memory yet and the database
   *     cannot be read
   */
  public Optional<String> chosenChannel(AppId app, DeviceKey device) {
    return catalog.channel(context, app, chosen(device).toList());
  }

  private static Stream<DeviceKey> given(DeviceKey device, Optional<DeviceKey> custom) {
    return Stream.concat(Stream.of(device), custom.stream());
  }

  private static Stream<DeviceKey> chosen(DeviceKey device) {
    return Stream.of(device)
        .filter(key -> key.kind() == DeviceKey.Kind.DEVICE)
        .map(key -> DeviceKey.self(key.value()));
  }

  /**
   * Gives a device to a channel, or with {@link DeviceKey#self} has it choose one.
   *
   * @throws dev.hotupdater.release.InvalidReleaseException if no channel can have this name
   * @throws dev.hotupdater.database.DatabaseException if the database cannot be written
   */
  public void assign(AppId app, DeviceKey key, String channel) {
    catalog.assign(context, new ChannelAssignment(app, key, Optional.of(channel), now()));
  }

  /**
   * Takes a device away from the channel that it was given to, or with {@link DeviceKey#self} from
   * the one that it has chosen.
   *
   * @throws dev.hotupdater.database.DatabaseException if the database cannot be written
   */
  public void unassign(AppId app, DeviceKey key) {
    catalog.assign(context, new ChannelAssignment(app, key, Optional.empty(), now()));
  }

  /**
   * How often each outcome of each release of an app was recorded, in any order. They may be a few
   * seconds old; where counting takes the database long, nine times as old as that, and up to five
   * minutes.
   *
   * @throws dev.hotupdater.database.DatabaseException if the database cannot be read
   */
  public List<OutcomeCount> counts(AppId app) {
    return catalog.counts(context, app);
  }

  /**
   * How far each release of an app has come on the devices, as {@link ReleaseAdoption#of} sorts
   * them. It may be as old as {@link #counts}.
   *
   * @throws dev.hotupdater.database.DatabaseException if the database cannot be read
   */
  public List<ReleaseAdoption> adoption(AppId app) {
    return ReleaseAdoption.of(counts(app));
  }

  /**
   * Waits until what was recorded before for this context is in the database, so that {@link
   * #counts} have it; if the context has no cache key, until that of all contexts is. For jobs and
   * tests.
   *
   * @throws dev.hotupdater.database.DatabaseUnavailableException if that takes longer than 30
   *     seconds; it goes on being tried
   */
  public void flush() {
    catalog.flush(context);
  }

  /**
   * Deletes events that have been kept for long enough, in small steps with pauses, which takes
   * minutes if there are very many. A server does so by itself each hour for every context key that
   * is in use; an embedder whose contexts have none calls it.
   *
   * @return how many were deleted
   * @throws dev.hotupdater.database.DatabaseException if the database cannot be written
   */
  public int deleteExpired() {
    return catalog.deleteExpired(context);
  }

  /** What became of the events that this server was told, for its operator. */
  public DeviceIntake intake() {
    return catalog.intake();
  }

  /** What this server keeps in memory of devices, for its operator. */
  public DeviceMemory memory() {
    return catalog.memory();
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
