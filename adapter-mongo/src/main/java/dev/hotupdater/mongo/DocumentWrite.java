package dev.hotupdater.mongo;

import dev.hotupdater.database.DatabaseException;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * One write of one document. It names the document by its key and by the commit that wrote it last,
 * so that doing it again, however much later, changes nothing that came after it.
 */
sealed interface DocumentWrite {
  /** The collection of the document. */
  Table table();

  /** The key of the document. */
  BsonValue key();

  /**
   * Creates a document.
   *
   * @param document all of it, with its key
   */
  record Insert(Table table, BsonDocument document) implements DocumentWrite {
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
  record Update(Table table, BsonValue key, BsonValue commit, BsonDocument fields)
      implements DocumentWrite {}

  /**
   * Deletes a document.
   *
   * @param commit the commit that wrote it last; the BSON null if none did
   */
  record Delete(Table table, BsonValue key, BsonValue commit) implements DocumentWrite {}

  /** Deletes this document, as it was read. */
  static DocumentWrite delete(Table table, BsonDocument read) {
    return new Delete(table, Values.get(read, Fields.KEY), Values.get(read, Fields.COMMIT));
  }

  /** Sets fields of this document, as it was read. */
  static DocumentWrite update(Table table, BsonDocument read, BsonDocument fields) {
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

  /**
   * Reads what {@link #toBson} has made.
   *
   * @throws DatabaseException if it has not
   */
  static DocumentWrite of(BsonDocument bson) {
    Table table =
        Values.text(bson, "in").flatMap(Table::named).orElseThrow(DocumentWrite::malformed);
    BsonValue commit = Values.get(bson, "commit");
    if (Values.get(bson, "insert").isDocument()) {
      return new Insert(table, bson.getDocument("insert"));
    }
    if (bson.containsKey("update") && Values.get(bson, "fields").isDocument()) {
      return new Update(table, Values.get(bson, "update"), commit, bson.getDocument("fields"));
    }
    if (bson.containsKey("delete")) {
      return new Delete(table, Values.get(bson, "delete"), commit);
    }
    throw malformed();
  }

  private static DatabaseException malformed() {
    return new DatabaseException(
        "The record of a commit that was not finished cannot be read. It is the field 'pending' of"
            + " the document '"
            + Head.KEY
            + "' in "
            + Table.SETTINGS.collection()
            + ". Use the newest version of the library; if that does not help, remove the field and"
            + " repeat what was published last.");
  }
}
