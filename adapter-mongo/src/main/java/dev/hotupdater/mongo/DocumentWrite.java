package dev.hotupdater.mongo;

import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * One write of one document. It names the document by its key and by the commit that wrote it last,
 * so that doing it again, however much later, changes nothing that came after it.
 */
sealed interface DocumentWrite {
  /** The collection of the document. */
  NamedCollection table();

  /** The key of the document. */
  BsonValue key();

  /**
   * Creates a document.
   *
   * @param document all of it, with its key
   */
  record Insert(NamedCollection table, BsonDocument document) implements DocumentWrite {
    @Override
    public BsonValue key() {
      return Values.get(document, Fields.KEY);
    }
  }

  /**
   * Sets fields of a document, and leaves its others as they are.
   *
   * @param commit the commit that wrote it last; the BSON null if none did
   * @param fields the new values
   */
  record Update(NamedCollection table, BsonValue key, BsonValue commit, BsonDocument fields)
      implements DocumentWrite {}

  /**
   * Deletes a document.
   *
   * @param commit the commit that wrote it last; the BSON null if none did
   */
  record Delete(NamedCollection table, BsonValue key, BsonValue commit) implements DocumentWrite {}

  /** Deletes this document, as it was read. */
  static DocumentWrite delete(NamedCollection table, BsonDocument read) {
    return new Delete(table, Values.get(read, Fields.KEY), Values.get(read, Fields.COMMIT));
  }

  /** Sets fields of this document, as it was read. */
  static DocumentWrite update(NamedCollection table, BsonDocument read, BsonDocument fields) {
    return new Update(table, Values.get(read, Fields.KEY), Values.get(read, Fields.COMMIT), fields);
  }

  /** The write as a document. */
  default BsonDocument toBson() {
    BsonDocument bson = new BsonDocument("in", new BsonString(table().collection()));
    if (this instanceof Insert insert) {
      return bson.append("insert", insert.document());
    }
    if (this instanceof Update update) {
      return bson.append("update", update.key())
          .append("commit", update.commit())
          .append("fields", update.fields());
    }
    return bson.append("delete", key()).append("commit", ((Delete) this).commit());
  }

  /** Reads what {@link #toBson} has made; empty if it has not. */
  static Optional<DocumentWrite> of(BsonDocument bson) {
    return Values.text(bson, "in").flatMap(NamedCollection::named).flatMap(in -> of(in, bson));
  }

  private static Optional<DocumentWrite> of(NamedCollection table, BsonDocument bson) {
    BsonValue commit = Values.get(bson, "commit");
    if (Values.get(bson, "insert").isDocument()) {
      return Optional.of(new Insert(table, bson.getDocument("insert")));
    }
    if (bson.containsKey("update") && Values.get(bson, "fields").isDocument()) {
      return Optional.of(
          new Update(table, Values.get(bson, "update"), commit, bson.getDocument("fields")));
    }
    return bson.containsKey("delete")
        ? Optional.of(new Delete(table, Values.get(bson, "delete"), commit))
        : Optional.empty();
  }
}
