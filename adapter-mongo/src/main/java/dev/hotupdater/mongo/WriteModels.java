package dev.hotupdater.mongo;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** The driver's form of {@link DocumentWrite}s. */
final class WriteModels {
  private WriteModels() {}

  /** A write inside of a transaction, which is done once or not at all. */
  static WriteModel<BsonDocument> plain(DocumentWrite write) {
    if (write instanceof DocumentWrite.Insert insert) {
      return new InsertOneModel<>(insert.document());
    }
    if (write instanceof DocumentWrite.Update update) {
      return new UpdateOneModel<>(
          document(update.key(), update.commit()), new BsonDocument("$set", update.fields()));
    }
    DocumentWrite.Delete delete = (DocumentWrite.Delete) write;
    return new DeleteOneModel<>(document(delete.key(), delete.commit()));
  }

  /**
   * A write that may be done again and by several writers. A document that it creates is tentative:
   * one that is created too late, after another writer has finished the commit and a later one has
   * deleted the document, is told apart by that.
   */
  static WriteModel<BsonDocument> repeatable(DocumentWrite write, BsonValue commit) {
    if (write instanceof DocumentWrite.Insert insert) {
      return upsert(
          insert,
          new BsonDocument("$setOnInsert", fields(insert).append(Fields.TENTATIVE, commit)));
    }
    return plain(write);
  }

  /**
   * A write inside of a transaction that a writer without one may have done before, and may have
   * confirmed or not.
   */
  static WriteModel<BsonDocument> completing(DocumentWrite write) {
    if (write instanceof DocumentWrite.Insert insert) {
      return upsert(insert, confirmation().append("$setOnInsert", fields(insert)));
    }
    return plain(write);
  }

  /** The update after which a tentative document counts. */
  static BsonDocument confirmation() {
    return new BsonDocument("$unset", new BsonDocument(Fields.TENTATIVE, new BsonString("")));
  }

  private static BsonDocument fields(DocumentWrite.Insert insert) {
    BsonDocument fields = insert.document().clone();
    fields.remove(Fields.KEY);
    return fields;
  }

  private static WriteModel<BsonDocument> upsert(DocumentWrite.Insert insert, BsonDocument update) {
    return new UpdateOneModel<>(
        Filters.eq(Fields.KEY, insert.key()), update, new UpdateOptions().upsert(true));
  }

  private static Bson document(BsonValue key, BsonValue commit) {
    return Filters.and(Filters.eq(Fields.KEY, key), Filters.eq(Fields.COMMIT, commit));
  }
}
