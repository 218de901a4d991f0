package dev.hotupdater.database;

import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What devices told, and the channels that they were given to. Facts are only added: they may come
 * twice, in any order and from several servers at once, and come to the same.
 *
 * <p>Every method sees all calls that ended before it was called. Methods throw {@link
 * DatabaseException}; if what they are kept in has not been created, {@link SchemaException}.
 */
public interface DeviceStore {
  /**
   * Records events. One whose {@linkplain DeviceEvent#id() id} is recorded already stays as it is.
   * If it fails, some may be recorded; the caller does it again.
   *
   * @param recordedAt the time by the clock of this server, in whole milliseconds, which {@link
   *     #changesSince} and {@link #deleteBefore} go by
   */
  void record(Collection<DeviceEvent> events, Instant recordedAt);

  /**
   * Gives a device to a channel, or takes it away, in place of what was recorded of the same app
   * and key.
   */
  void assign(ChannelAssignment assignment);

  /**
   * The failures and assignments that were recorded at this moment or later, read as they are
   * needed, in any order; if they can be, the oldest failures first, since who has no room for all
   * of them keeps the last. One may come more than once, and so may older ones.
   *
   * @return a stream that the caller closes
   */
  Stream<DeviceFact> changesSince(Instant moment);

  /**
   * What is recorded of a few devices: the failures of those that are named by {@link
   * DeviceKey.Kind#DEVICE their own id}, and the assignments of all these keys, in any order. One
   * may come more than once, and so may an assignment whose place a later one has taken.
   *
   * <p>This is asked by servers that decide without a memory, for each device that asks them.
   * Unless it is overridden, it reads everything; a database with an index should use it.
   */
  default List<DeviceFact> factsOf(AppId app, Set<DeviceKey> keys) {
    try (Stream<DeviceFact> facts = changesSince(Instant.EPOCH)) {
      return facts.filter(fact -> fact.app().equals(app) && fact.isOf(keys)).toList();
    }
  }

  /** How often each outcome of each release of an app was recorded, in any order. */
  List<OutcomeCount> counts(AppId app);

  /**
   * Deletes events that were recorded before this moment. Bounded: if it deletes {@code limit} of
   * them, there may be more.
   *
   * @param outcomes those that are deleted, never empty
   * @return how many were deleted
   */
  int deleteBefore(Instant moment, Set<DeviceOutcome> outcomes, int limit);
}
