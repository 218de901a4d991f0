package dev.hotupdater.mongo;

import dev.hotupdater.database.Revision;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * A commit that is decided, and whose writes may be done in part.
 *
 * @param revision the revision that it leads to
 * @param writes what is to be done, in this order
 */
record PendingCommit(Revision revision, List<DocumentWrite> writes) {
  PendingCommit {
    writes = List.copyOf(writes);
  }

  static PendingCommit of(Revision revision, BsonArray writes) {
    return new PendingCommit(
        revision,
        writes.stream()
            .map(write -> write.isDocument() ? write.asDocument() : new BsonDocument())
            .map(DocumentWrite::of)
            .toList());
  }

  BsonArray toBson() {
    return new BsonArray(writes.stream().map(DocumentWrite::toBson).toList());
  }

  BsonValue tag() {
    return new BsonString(revision.value());
  }

  /** The keys of the documents that it creates in a collection. */
  List<BsonValue> created(Table table) {
    return writes.stream()
        .filter(DocumentWrite.Insert.class::isInstance)
        .filter(write -> write.table() == table)
        .map(DocumentWrite::key)
        .toList();
  }

  boolean creates() {
    return writes.stream().anyMatch(DocumentWrite.Insert.class::isInstance);
  }
}
