package dev.hotupdater.mongo;

import com.mongodb.client.MongoCollection;
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
import java.util.stream.Stream;
import org.bson.BsonDocument;

/**
 * What devices told, in the collections of a database. Each event and each assignment stands by
 * itself, so that there are no transactions.
 */
final class MongoDeviceStore implements DeviceStore {
  private final Connection connection;
  private final SchemaCheck schema;
  private final EnsuredCollections collections;
  private final DeviceEvents events;
  private final DeviceChannels channels;

  MongoDeviceStore(Connection connection, SchemaCheck schema) {
    this.connection = connection;
    this.schema = schema;
    collections = new EnsuredCollections(connection, List.of(DeviceTable.values()));
    UnreadableDocuments unreadable = new UnreadableDocuments();
    events = new DeviceEvents(collection(DeviceTable.EVENTS), unreadable);
    channels = new DeviceChannels(collection(DeviceTable.CHANNELS), unreadable);
  }

  private MongoCollection<BsonDocument> collection(DeviceTable table) {
    return connection.database().getCollection(table.collection(), BsonDocument.class);
  }

  @Override
  public void record(Collection<DeviceEvent> added, Instant recordedAt) {
    write(() -> events.insert(added, recordedAt));
  }

  @Override
  public void assign(ChannelAssignment assignment) {
    write(() -> channels.put(assignment));
  }

  private void write(Runnable work) {
    schema.require();
    collections.require();
    connection.run(
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  public Stream<DeviceFact> changesSince(Instant moment) {
    schema.require();
    return Stream.concat(
        events.failures().since(connection, moment),
        channels.assignments().since(connection, moment));
  }

  @Override
  public List<DeviceFact> factsOf(AppId app, Set<DeviceKey> keys) {
    schema.require();
    return connection.run(
        () ->
            Stream.concat(
                    events.failuresOf(app, keys).stream(),
                    channels.assignmentsOf(app, keys).stream())
                .toList());
  }

  @Override
  public List<OutcomeCount> counts(AppId app) {
    schema.require();
    return connection.run(() -> events.counts(app));
  }

  @Override
  public int deleteBefore(Instant moment, Set<DeviceOutcome> outcomes, int limit) {
    schema.require();
    return connection.run(() -> events.deleteBefore(moment, outcomes, limit));
  }
}
