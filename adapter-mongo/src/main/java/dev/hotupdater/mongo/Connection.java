package dev.hotupdater.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;
import dev.hotupdater.database.DatabaseException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.BsonMaximumSizeExceededException;
import org.jspecify.annotations.Nullable;

/**
 * Reaches the database: each call bounded in time, on the primary, with failures that say what to
 * do about them.
 */
final class Connection {
  private static final TransactionOptions TRANSACTION =
      TransactionOptions.builder()
          .readConcern(ReadConcern.SNAPSHOT)
          .writeConcern(WriteConcern.MAJORITY)
          .readPreference(ReadPreference.primary())
          .build();

  private final MongoCluster cluster;
  private final MongoDatabase database;
  private final Duration timeout;
  private volatile @Nullable Deployment deployment;

  private Connection(MongoClient client, String name, Duration timeout) {
    this.timeout = timeout;
    // The limit counts for the wait for a server and for a connection, too.
    cluster =
        client
            .withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .withReadPreference(ReadPreference.primary())
            .withWriteConcern(WriteConcern.MAJORITY);
    database = cluster.getDatabase(name);
  }

  /** A connection that is not used yet. */
  static Connection of(MongoClient client, String database, Duration timeout) {
    return new Connection(client, database, timeout);
  }

  Duration timeout() {
    return timeout;
  }

  /**
   * How long to wait for something within a call: so long, but at most half of the timeout, so that
   * there is time left for what comes after the wait.
   */
  Duration boundedWait(Duration longest) {
    Duration half = timeout.dividedBy(2);
    return half.compareTo(longest) < 0 ? half : longest;
  }

  MongoDatabase database() {
    return database;
  }

  Access access() {
    return Access.of(database);
  }

  /** What the server is, which is asked once. */
  Deployment deployment() {
    Deployment known = deployment;
    if (known == null) {
      known = Deployment.ask(database);
      deployment = known;
    }
    return known;
  }

  /** Runs work that does not change anything, at one point in time where the server can do that. */
  <T> T read(Function<Access, T> work) {
    return run(
        () -> {
          if (!deployment().hasSnapshots()) {
            return work.apply(access());
          }
          try (ClientSession session =
              cluster.startSession(ClientSessionOptions.builder().snapshot(true).build())) {
            return work.apply(access().in(session));
          } catch (MongoException e) {
            if (!Failure.isOfSnapshot(e)) {
              throw e;
            }
            return work.apply(access());
          }
        });
  }

  /** Runs work in a transaction, again if it collided with another one. */
  void inTransaction(Function<Access, Boolean> work) {
    // A session does not take over the limit of the cluster that starts it, and the driver refuses
    // to do anything in a transaction with another limit than that of its session.
    ClientSessionOptions options =
        ClientSessionOptions.builder()
            .defaultTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .build();
    try (ClientSession session = cluster.startSession(options)) {
      session.withTransaction(() -> work.apply(access().in(session)), TRANSACTION);
    }
  }

  /** Runs work, and turns what the driver throws into exceptions that say what to do. */
  <T> T run(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException e) {
      throw e;
    } catch (MongoException e) {
      throw Failure.exception(e);
    } catch (BsonMaximumSizeExceededException e) {
      throw Failure.tooLarge(e);
    } catch (IllegalStateException e) {
      throw Failure.exception(e);
    }
  }
}
