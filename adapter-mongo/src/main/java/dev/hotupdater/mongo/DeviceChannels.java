package dev.hotupdater.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.InvalidDeviceException;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.InvalidReleaseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The collection of the channels that devices were given to, one assignment in each document; its
 * key is the assignment's id.
 */
final class DeviceChannels {
  private static final int MAX_ATTEMPTS = 5;

  private final MongoCollection<BsonDocument> collection;
  private final UnreadableDocuments unreadable;

  DeviceChannels(MongoCollection<BsonDocument> collection, UnreadableDocuments unreadable) {
    this.collection = collection;
    this.unreadable = unreadable;
  }

  /** Writes an assignment in place of the last one of the same app and key. */
  void put(ChannelAssignment assignment) {
    BsonDocument document = document(assignment);
    for (int attempt = 1; ; attempt++) {
      try {
        collection.replaceOne(
            Filters.eq(Fields.KEY, document.get(Fields.KEY)),
            document,
            new ReplaceOptions().upsert(true));
        return;
      } catch (MongoException e) {
        // Somebody else may have created the document, which can be replaced then.
        if (!Failure.isDuplicate(e) || attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static BsonDocument document(ChannelAssignment assignment) {
    return new BsonDocument(Fields.KEY, new BsonString(assignment.id()))
        .append(Fields.APP_ID, new BsonString(assignment.app().value()))
        .append(Fields.KIND, new BsonString(assignment.key().kind().jsonName()))
        .append(Fields.VALUE, new BsonString(assignment.key().value()))
        .append(Fields.CHANNEL, Values.of(assignment.channel()))
        .append(Fields.ASSIGNED_AT, Moments.write(assignment.assignedAt()));
  }

  /** All assignments. */
  RecordedFacts assignments() {
    return new RecordedFacts(
        collection,
        Fields.ASSIGNED_AT,
        List.of(Fields.APP_ID, Fields.KIND, Fields.VALUE, Fields.CHANNEL),
        new BsonDocument(),
        this::assignment);
  }

  /** The assignments of these keys of an app. */
  List<DeviceFact> assignmentsOf(AppId app, Set<DeviceKey> keys) {
    List<String> ids = keys.stream().map(key -> ChannelAssignment.idOf(app, key)).toList();
    return assignments().where(Filters.in(Fields.KEY, ids));
  }

  private Optional<DeviceFact> assignment(BsonDocument document) {
    Optional<DeviceFact> fact = read(document);
    if (fact.isEmpty()) {
      unreadable.skipped(
          DeviceTable.CHANNELS, Values.key(document), "its app_id, kind, value or channel is none");
    }
    return fact;
  }

  private static Optional<DeviceFact> read(BsonDocument document) {
    Optional<AppId> app = Values.text(document, Fields.APP_ID).flatMap(AppId::parse);
    Optional<DeviceKey.Kind> kind =
        Values.text(document, Fields.KIND).flatMap(DeviceKey.Kind::fromJsonName);
    Optional<String> value = Values.text(document, Fields.VALUE);
    BsonValue channel = Values.get(document, Fields.CHANNEL);
    if (app.isEmpty()
        || kind.isEmpty()
        || value.isEmpty()
        || !(channel.isNull() || channel.isString())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ChannelAssignment(
              app.get(),
              new DeviceKey(kind.get(), value.get()),
              Values.text(document, Fields.CHANNEL),
              Instant.ofEpochMilli(document.getDateTime(Fields.ASSIGNED_AT).getValue())));
    } catch (InvalidDeviceException | InvalidReleaseException e) {
      return Optional.empty();
    }
  }
}
