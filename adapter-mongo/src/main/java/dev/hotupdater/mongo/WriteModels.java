package dev.hotupdater.mongo;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import org.bson.BsonDocument;
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
      BsonDocument fields = insert.document().clone().append(Fields.TENTATIVE, commit);
      fields.remove(Fields.KEY);
      return new UpdateOneModel<>(
          Filters.eq(Fields.KEY, insert.key()),
          new BsonDocument("$setOnInsert", fields),
          new UpdateOptions().upsert(true));
    }
    return plain(write);
  }

  private static Bson document(BsonValue key, BsonValue commit) {
    return Filters.and(Filters.eq(Fields.KEY, key), Filters.eq(Fields.COMMIT, commit));
  }
}
