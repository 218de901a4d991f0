package dev.hotupdater.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** The collection of what devices told, one event in each document; its key is the event's id. */
final class DeviceEvents {
  private static final int CHUNK = 1_000;
  private static final String COUNT = "devices";

  private final MongoCollection<BsonDocument> collection;
  private final UnreadableDocuments unreadable;

  DeviceEvents(MongoCollection<BsonDocument> collection, UnreadableDocuments unreadable) {
    this.collection = collection;
    this.unreadable = unreadable;
  }

  /** Adds the events that are not there yet. */
  void insert(Collection<DeviceEvent> events, Instant recordedAt) {
    List<BsonDocument> documents =
        events.stream().map(event -> document(event, recordedAt)).toList();
    for (int from = 0; from < documents.size(); from += CHUNK) {
      insertNew(documents.subList(from, Math.min(from + CHUNK, documents.size())));
    }
  }

  private void insertNew(List<BsonDocument> documents) {
    try {
      collection.insertMany(documents, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      if (!Failure.isOfDuplicatesAlone(e)) {
        throw e;
      }
    }
  }

  private static BsonDocument document(DeviceEvent event, Instant recordedAt) {
    return new BsonDocument(Fields.KEY, new BsonString(event.id()))
        .append(Fields.APP_ID, new BsonString(event.app().value()))
        .append(Fields.DEVICE, new BsonString(event.device()))
        .append(Fields.RELEASE_ID, new BsonString(event.release().value()))
        .append(Fields.VERSION, new BsonString(event.version()))
        .append(Fields.CHANNEL, new BsonString(event.channel()))
        .append("platform", new BsonString(event.platform()))
        .append(Fields.OUTCOME, new BsonString(event.outcome().jsonName()))
        .append("action", new BsonString(event.action()))
        .append("happened_at", Moments.write(event.at()))
        .append(Fields.RECORDED_AT, Moments.write(recordedAt));
  }

  /** The failures. */
  RecordedFacts failures() {
    return new RecordedFacts(
        collection,
        Fields.RECORDED_AT,
        List.of(Fields.APP_ID, Fields.DEVICE, Fields.VERSION),
        Filters.eq(Fields.OUTCOME, DeviceOutcome.FAILED.jsonName()),
        this::failure);
  }

  /** The failures of these devices of an app. */
  List<DeviceFact> failuresOf(AppId app, Set<DeviceKey> keys) {
    List<String> devices =
        keys.stream()
            .filter(key -> key.kind() == DeviceKey.Kind.DEVICE)
            .map(DeviceKey::value)
            .toList();
    return devices.isEmpty()
        ? List.of()
        : failures()
            .where(
                Filters.and(
                    Filters.eq(Fields.APP_ID, app.value()), Filters.in(Fields.DEVICE, devices)));
  }

  private Optional<DeviceFact> failure(BsonDocument document) {
    Optional<AppId> app = Values.text(document, Fields.APP_ID).flatMap(AppId::parse);
    Optional<String> device = Values.text(document, Fields.DEVICE);
    Optional<String> version = Values.text(document, Fields.VERSION);
    if (app.isEmpty() || device.isEmpty() || version.isEmpty()) {
      unreadable.skipped(
          DeviceTable.EVENTS, Values.key(document), "its app_id, device or version is none");
      return Optional.empty();
    }
    return Optional.of(new DeviceFact.Failure(app.get(), device.get(), version.get()));
  }

  List<OutcomeCount> counts(AppId app) {
    BsonDocument group = new BsonDocument();
    for (String field :
        List.of(Fields.CHANNEL, Fields.RELEASE_ID, Fields.VERSION, Fields.OUTCOME)) {
      group.append(field, new BsonString("$" + field));
    }
    List<Bson> pipeline =
        List.of(
            Aggregates.match(Filters.eq(Fields.APP_ID, app.value())),
            Aggregates.group(group, Accumulators.sum(COUNT, 1L)));
    return collection.aggregate(pipeline).into(new ArrayList<>()).stream()
        .flatMap(counted -> count(counted).stream())
        .toList();
  }

  private Optional<OutcomeCount> count(BsonDocument counted) {
    BsonDocument group = counted.getDocument(Fields.KEY);
    Optional<String> channel = Values.text(group, Fields.CHANNEL);
    Optional<ReleaseId> release = Values.text(group, Fields.RELEASE_ID).flatMap(ReleaseId::parse);
    Optional<String> version = Values.text(group, Fields.VERSION);
    Optional<DeviceOutcome> outcome =
        Values.text(group, Fields.OUTCOME).flatMap(DeviceOutcome::fromJsonName);
    if (channel.isEmpty() || release.isEmpty() || version.isEmpty() || outcome.isEmpty()) {
      unreadable.skipped(
          DeviceTable.EVENTS, group.toJson(), "a document with these values tells nothing");
      return Optional.empty();
    }
    return Optional.of(
        new OutcomeCount(
            channel.get(),
            release.get(),
            version.get(),
            outcome.get(),
            counted.getNumber(COUNT).longValue()));
  }

  /** Deletes some of the events that were recorded before a moment; returns how many. */
  int deleteBefore(Instant moment, Set<DeviceOutcome> outcomes, int limit) {
    Bson before = Filters.lt(Fields.RECORDED_AT, Moments.write(moment));
    List<BsonValue> keys =
        keys(Filters.and(Filters.in(Fields.OUTCOME, names(outcomes)), before), limit);
    long deleted = 0;
    for (int from = 0; from < keys.size(); from += CHUNK) {
      List<BsonValue> chunk = keys.subList(from, Math.min(from + CHUNK, keys.size()));
      // Another server may have deleted one that was then recorded again, and is new now.
      deleted +=
          collection
              .deleteMany(Filters.and(Filters.in(Fields.KEY, chunk), before))
              .getDeletedCount();
    }
    return Math.toIntExact(deleted);
  }

  private static List<String> names(Set<DeviceOutcome> outcomes) {
    return outcomes.stream().map(DeviceOutcome::jsonName).toList();
  }

  private List<BsonValue> keys(Bson filter, int limit) {
    List<BsonValue> keys = new ArrayList<>();
    collection
        .find(filter)
        .projection(Projections.include(Fields.KEY))
        .limit(limit)
        .forEach(document -> keys.add(document.get(Fields.KEY)));
    return keys;
  }
}
