package dev.hotupdater.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;

/** Creates collections and their indexes. May be done again, and by several servers at once. */
final class CollectionSetup {
  private static final int NAMESPACE_EXISTS = 48;

  private final MongoDatabase database;
  private final List<? extends NamedCollection> tables;

  CollectionSetup(MongoDatabase database, List<? extends NamedCollection> tables) {
    this.database = database;
    this.tables = tables;
  }

  /** Creates the collections that are missing; tells what was done, for people to read. */
  List<String> createCollections() {
    List<String> done = new ArrayList<>();
    Set<String> existing = database.listCollectionNames().into(new HashSet<>());
    for (NamedCollection table : tables) {
      if (!existing.contains(table.collection()) && create(table)) {
        done.add("created the collection " + table.collection());
      }
    }
    return done;
  }

  private boolean create(NamedCollection table) {
    try {
      database.createCollection(table.collection());
      return true;
    } catch (MongoCommandException e) {
      if (e.getErrorCode() == NAMESPACE_EXISTS) {
        // Another server was faster.
        return false;
      }
      throw e;
    }
  }

  /** Creates the indexes that are missing; tells what was done, for people to read. */
  List<String> createIndexes() {
    List<String> done = new ArrayList<>();
    for (SchemaIndex index : SchemaIndex.ALL) {
      if (tables.contains(index.table()) && createIndex(index)) {
        done.add("created the index " + index.name());
      }
    }
    return done;
  }

  private boolean createIndex(SchemaIndex index) {
    return index.create(database.getCollection(index.table().collection(), BsonDocument.class));
  }
}
