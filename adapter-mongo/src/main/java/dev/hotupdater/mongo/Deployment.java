package dev.hotupdater.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * What a server can do.
 *
 * @param hasTransactions whether it is a replica set or sharded, and has sessions
 * @param hasSnapshots whether reads outside of a transaction can be of one point in time
 */
record Deployment(boolean hasTransactions, boolean hasSnapshots) {
  private static final int COMMAND_NOT_FOUND = 59;

  /** The first versions with transactions everywhere, and with snapshots: 4.2 and 5.0. */
  private static final int WIRE_VERSION_OF_TRANSACTIONS = 8;

  private static final int WIRE_VERSION_OF_SNAPSHOTS = 13;

  static Deployment ask(MongoDatabase database) {
    return of(hello(database));
  }

  static Deployment of(BsonDocument hello) {
    boolean member = Values.text(hello, "setName").isPresent();
    boolean router = Values.text(hello, "msg").filter("isdbgrid"::equals).isPresent();
    boolean sessions = Values.get(hello, "logicalSessionTimeoutMinutes").isNumber();
    double version = Values.number(Values.get(hello, "maxWireVersion"));
    boolean able = (member || router) && sessions;
    return new Deployment(
        able && version >= WIRE_VERSION_OF_TRANSACTIONS,
        able && version >= WIRE_VERSION_OF_SNAPSHOTS);
  }

  private static BsonDocument hello(MongoDatabase database) {
    try {
      return database.runCommand(new BsonDocument("hello", new BsonInt32(1)), BsonDocument.class);
    } catch (MongoCommandException e) {
      if (e.getCode() != COMMAND_NOT_FOUND) {
        throw e;
      }
      // Servers from before the command was renamed.
      return database.runCommand(
          new BsonDocument("isMaster", new BsonInt32(1)), BsonDocument.class);
    }
  }
}
