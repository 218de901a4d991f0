package dev.hotupdater.mongo;

import dev.hotupdater.database.Revision;
import java.util.List;
import java.util.Optional;
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

  /** Reads what {@link #toBson} has made; empty if it has not. */
  static Optional<PendingCommit> of(Revision revision, BsonArray writes) {
    List<DocumentWrite> read =
        writes.stream()
            .map(write -> write.isDocument() ? write.asDocument() : new BsonDocument())
            .flatMap(write -> DocumentWrite.of(write).stream())
            .toList();
    return read.size() == writes.size()
        ? Optional.of(new PendingCommit(revision, read))
        : Optional.empty();
  }

  BsonArray toBson() {
    return new BsonArray(writes.stream().map(DocumentWrite::toBson).toList());
  }

  BsonValue tag() {
    return new BsonString(revision.value());
  }

  /** The keys of the documents that it creates in a collection. */
  List<BsonValue> created(NamedCollection table) {
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
