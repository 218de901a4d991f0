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

  /** The filter for the head of the bundles. */
  static final Bson HEAD = Journal.BUNDLES.head();

  private final MongoDatabase database;
  private final Optional<ClientSession> session;
  private final Journal journal;

  private Access(MongoDatabase database, Optional<ClientSession> session, Journal journal) {
    this.database = database;
    this.session = session;
    this.journal = journal;
  }

  /** Access to the journal of the bundles, without a session. */
  static Access of(MongoDatabase database) {
    return new Access(database, Optional.empty(), Journal.BUNDLES);
  }

  Access in(ClientSession session) {
    return new Access(database, Optional.of(session), journal);
  }

  /** The same with the head of another journal. */
  Access to(Journal other) {
    return new Access(database, session, other);
  }

  Journal journal() {
    return journal;
  }

  private MongoCollection<BsonDocument> collection(NamedCollection table) {
    return database.getCollection(table.collection(), BsonDocument.class);
  }

  private FindIterable<BsonDocument> query(NamedCollection table, Bson filter) {
    MongoCollection<BsonDocument> collection = collection(table);
    return session.isPresent() ? collection.find(session.get(), filter) : collection.find(filter);
  }

  /** All documents of a collection, in the order of their keys. */
  List<BsonDocument> all(NamedCollection table) {
    return query(table, new BsonDocument()).sort(IN_KEY_ORDER).into(new ArrayList<>());
  }

  /** The bytes of all documents of a collection, in the order of their keys. */
  void forEachRaw(NamedCollection table, Consumer<ByteBuffer> action) {
    MongoCollection<RawBsonDocument> collection =
        database.getCollection(table.collection(), RawBsonDocument.class);
    (session.isPresent() ? collection.find(session.get()) : collection.find())
        .sort(IN_KEY_ORDER)
        .forEach(document -> action.accept(document.getByteBuffer().asNIO()));
  }

  /** The documents with one of these texts in a field, in the order of their keys. */
  List<BsonDocument> in(NamedCollection table, String field, Collection<String> texts) {
    List<String> all = List.copyOf(texts);
    List<BsonDocument> found = new ArrayList<>();
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<String> chunk = all.subList(from, Math.min(from + CHUNK, all.size()));
      query(table, Filters.in(field, chunk)).sort(IN_KEY_ORDER).into(found);
    }
    return found;
  }

  /** The documents that have all fields of one of these examples, in the order of their keys. */
  List<BsonDocument> like(NamedCollection table, List<BsonDocument> examples) {
    List<BsonDocument> found = new ArrayList<>();
    for (int from = 0; from < examples.size(); from += CHUNK) {
      List<BsonDocument> chunk = examples.subList(from, Math.min(from + CHUNK, examples.size()));
      query(table, Filters.or(List.<Bson>copyOf(chunk))).sort(IN_KEY_ORDER).into(found);
    }
    return found;
  }

  /** The documents that pass a filter. */
  List<BsonDocument> matching(NamedCollection table, Bson filter) {
    return query(table, filter).into(new ArrayList<>());
  }

  /** One of the documents that pass a filter. */
  Optional<BsonDocument> first(NamedCollection table, Bson filter) {
    return Optional.ofNullable(query(table, filter).limit(1).first());
  }

  /** The head. */
  Head head() {
    return first(Table.SETTINGS, journal.head()).map(Head::of).orElseGet(Head::none);
  }

  /** The revision of the head, and nothing else of it. */
  Revision revision() {
    return Optional.ofNullable(
            query(Table.SETTINGS, journal.head())
                .projection(new BsonDocument(Fields.VALUE, BsonBoolean.TRUE))
                .first())
        .map(Head::revision)
        .orElse(Head.NONE);
  }

  /** Updates one document; tells whether there was one. */
  boolean update(NamedCollection table, Bson filter, Bson update) {
    return update(table, filter, update, new UpdateOptions());
  }

  /** Updates one document, or creates it. */
  void upsert(NamedCollection table, Bson filter, Bson update) {
    update(table, filter, update, new UpdateOptions().upsert(true));
  }

  private boolean update(NamedCollection table, Bson filter, Bson update, UpdateOptions options) {
    MongoCollection<BsonDocument> collection = collection(table);
    return (session.isPresent()
                ? collection.updateOne(session.get(), filter, update, options)
                : collection.updateOne(filter, update, options))
            .getMatchedCount()
        > 0;
  }

  /** Updates those of the documents with these keys that pass a filter. */
  void updateAll(NamedCollection table, List<BsonValue> keys, Bson filter, Bson update) {
    for (int from = 0; from < keys.size(); from += CHUNK) {
      List<BsonValue> chunk = keys.subList(from, Math.min(from + CHUNK, keys.size()));
      collection(table).updateMany(Filters.and(Filters.in(Fields.KEY, chunk), filter), update);
    }
  }

  /** Deletes those of the documents with these keys that pass a filter. */
  void deleteAll(NamedCollection table, List<BsonValue> keys, Bson filter) {
    for (int from = 0; from < keys.size(); from += CHUNK) {
      List<BsonValue> chunk = keys.subList(from, Math.min(from + CHUNK, keys.size()));
      collection(table).deleteMany(Filters.and(Filters.in(Fields.KEY, chunk), filter));
    }
  }

  /** Does all writes in their order, up to the first that fails. */
  void write(NamedCollection table, List<WriteModel<BsonDocument>> writes) {
    MongoCollection<BsonDocument> collection = collection(table);
    BulkWriteOptions ordered = new BulkWriteOptions().ordered(true);
    if (session.isPresent()) {
      collection.bulkWrite(session.get(), writes, ordered);
    } else {
      collection.bulkWrite(writes, ordered);
    }
  }
}
