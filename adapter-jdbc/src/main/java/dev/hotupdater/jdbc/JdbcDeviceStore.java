package dev.hotupdater.jdbc;

import static java.util.stream.Collectors.toMap;

import dev.hotupdater.database.DeviceStore;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What devices told, in the tables of a database. */
final class JdbcDeviceStore implements DeviceStore {
  private final Transactor transactor;
  private final DeviceEventTable events = new DeviceEventTable();
  private final DeviceChannelTable channels = new DeviceChannelTable();

  JdbcDeviceStore(Transactor transactor) {
    this.transactor = transactor;
  }

  @Override
  public void record(Collection<DeviceEvent> added, Instant recordedAt) {
    SortedMap<String, DeviceEvent> byId =
        added.stream()
            .collect(
                toMap(DeviceEvent::id, Function.identity(), (first, next) -> first, TreeMap::new));
    transactor.write(session -> DeviceEventTable.insert(session, byId, Moments.millis(recordedAt)));
  }

  @Override
  public void assign(ChannelAssignment assignment) {
    transactor.write(session -> DeviceChannelTable.put(session, assignment));
  }

  @Override
  public Stream<DeviceFact> changesSince(Instant moment) {
    long millis = Moments.millis(moment);
    return Stream.concat(
        events.failures().since(transactor, millis),
        channels.assignments().since(transactor, millis));
  }

  @Override
  public List<DeviceFact> factsOf(AppId app, Set<DeviceKey> keys) {
    return transactor.query(
        session ->
            Stream.concat(
                    events.failuresOf(session, app, keys).stream(),
                    channels.assignmentsOf(session, app, keys).stream())
                .toList());
  }

  @Override
  public List<OutcomeCount> counts(AppId app) {
    return transactor.query(session -> events.counts(session, app));
  }

  @Override
  public int deleteBefore(Instant moment, Set<DeviceOutcome> outcomes, int limit) {
    long millis = Moments.millis(moment);
    List<String> ids =
        transactor.query(session -> DeviceEventTable.idsBefore(session, millis, outcomes, limit));
    int deleted = 0;
    // One transaction for each chunk, so that those who record do not wait long.
    for (List<String> chunk : Chunks.of(ids)) {
      deleted += transactor.writeFor(session -> DeviceEventTable.delete(session, chunk, millis));
    }
    return deleted;
  }
}
