package dev.hotupdater.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import dev.hotupdater.database.Revision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Reads and writes documents, in a session or without one. The database that it is made of bounds
 * each call in time.
 */
final class Access {
  private static final int CHUNK = 1000;
  private static final BsonDocument IN_KEY_ORDER = BsonDocument.parse("{_id: 1}");

  /** The filter for the head. */
  static final Bson HEAD = Filters.eq(Fields.KEY, new BsonString(Head.KEY));

  private final MongoDatabase database;
  private final Optional<ClientSession> session;

  private Access(MongoDatabase database, Optional<ClientSession> session) {
    this.database = database;
    this.session = session;
  }

  static Access of(MongoDatabase database) {
    return new Access(database, Optional.empty());
  }

  Access in(ClientSession session) {
    return new Access(database, Optional.of(session));
  }

  private MongoCollection<BsonDocument> collection(Table table) {
    return database.getCollection(table.collection(), BsonDocument.class);
  }

  private FindIterable<BsonDocument> query(Table table, Bson filter) {
    MongoCollection<BsonDocument> collection = collection(table);
    return session.isPresent() ? collection.find(session.get(), filter) : collection.find(filter);
  }

  /** All documents of a collection, in the order of their keys. */
  List<BsonDocument> all(Table table) {
    return query(table, new BsonDocument()).sort(IN_KEY_ORDER).into(new ArrayList<>());
  }

  /** The bytes of all documents of a collection, in the order of their keys. */
  void forEachRaw(Table table, Consumer<ByteBuffer> action) {
    MongoCollection<RawBsonDocument> collection =
        database.getCollection(table.collection(), RawBsonDocument.class);
    (session.isPresent() ? collection.find(session.get()) : collection.find())
        .sort(IN_KEY_ORDER)
        .forEach(document -> action.accept(document.getByteBuffer().asNIO()));
  }

  /** The documents with one of these texts in a field, in the order of their keys. */
  List<BsonDocument> in(Table table, String field, Collection<String> texts) {
    List<String> all = List.copyOf(texts);
    List<BsonDocument> found = new ArrayList<>();
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<String> chunk = all.subList(from, Math.min(from + CHUNK, all.size()));
      query(table, Filters.in(field, chunk)).sort(IN_KEY_ORDER).into(found);
    }
    return found;
  }

  /** One of the documents that pass a filter. */
  Optional<BsonDocument> first(Table table, Bson filter) {
    return Optional.ofNullable(query(table, filter).limit(1).first());
  }

  /** The head. */
  Head head() {
    return first(Table.SETTINGS, HEAD).map(Head::of).orElseGet(Head::none);
  }

  /** The document of the head, with nothing but the value in it. */
  Optional<BsonDocument> headValue() {
    return Optional.ofNullable(
        query(Table.SETTINGS, HEAD)
            .projection(new BsonDocument(Fields.VALUE, BsonBoolean.TRUE))
            .first());
  }

  /** Updates one document; tells whether there was one. */
  boolean update(Table table, Bson filter, Bson update) {
    return update(table, filter, update, new UpdateOptions());
  }

  /** Updates one document, or creates it. */
  void upsert(Table table, Bson filter, Bson update) {
    update(table, filter, update, new UpdateOptions().upsert(true));
  }

  private boolean update(Table table, Bson filter, Bson update, UpdateOptions options) {
    MongoCollection<BsonDocument> collection = collection(table);
    return (session.isPresent()
                ? collection.updateOne(session.get(), filter, update, options)
                : collection.updateOne(filter, update, options))
            .getMatchedCount()
        > 0;
  }

  /** Updates those of the documents with these keys that pass a filter. */
  void updateAll(Table table, List<BsonValue> keys, Bson filter, Bson update) {
    for (int from = 0; from < keys.size(); from += CHUNK) {
      List<BsonValue> chunk = keys.subList(from, Math.min(from + CHUNK, keys.size()));
      collection(table).updateMany(Filters.and(Filters.in(Fields.KEY, chunk), filter), update);
    }
  }

  /** Deletes those of the documents with these keys that pass a filter. */
  void deleteAll(Table table, List<BsonValue> keys, Bson filter) {
    for (int from = 0; from < keys.size(); from += CHUNK) {
      List<BsonValue> chunk = keys.subList(from, Math.min(from + CHUNK, keys.size()));
      collection(table).deleteMany(Filters.and(Filters.in(Fields.KEY, chunk), filter));
    }
  }

  /** Does all writes in their order, up to the first that fails. */
  void write(Table table, List<WriteModel<BsonDocument>> writes) {
    MongoCollection<BsonDocument> collection = collection(table);
    BulkWriteOptions ordered = new BulkWriteOptions().ordered(true);
    if (session.isPresent()) {
      collection.bulkWrite(session.get(), writes, ordered);
    } else {
      collection.bulkWrite(writes, ordered);
    }
  }

  /** The filter for the head while it is at this revision. */
  static Bson headAt(Revision revision) {
    return Filters.and(HEAD, Filters.eq(Fields.VALUE, revision.value()));
  }
}
