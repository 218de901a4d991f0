package dev.hotupdater.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.client.MongoClient;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.SchemaException;
import java.time.Duration;
import java.util.List;

/**
 * The collections that a {@link MongoBundleDatabase} works with: whether they are there, and what
 * to do if not. They are the same that the Node server creates, in version 0.31.0, and four of our
 * own for apps, releases and what devices told. Nothing is ever dropped. Safe for use by many
 * threads.
 *
 * <pre>{@code
 * MongoSchema.of(client, "hotupdater").migrate();
 * }</pre>
 *
 * <p>All methods that ask the database throw {@link DatabaseException}.
 */
public final class MongoSchema {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(5);

  private final Connection reading;
  private final Connection migrating;

  private MongoSchema(MongoClient client, String database) {
    reading = Connection.of(client, database, TIMEOUT);
    migrating = Connection.of(client, database, MIGRATION_TIMEOUT);
  }

  /**
   * The schema of this database. Does not talk to the server.
   *
   * @param client reaches the server; it is not closed here
   * @param database the name of the database
   * @throws IllegalArgumentException if no database can have this name
   */
  public static MongoSchema of(MongoClient client, String database) {
    return new MongoSchema(requireNonNull(client, "client"), requireNonNull(database, "database"));
  }

  /** How far the database is, asked for at most 10 seconds. Changes nothing. */
  public SchemaStatus status() {
    return reading.run(() -> SchemaCheck.status(reading.access()));
  }

  /**
   * Creates collections and indexes, and gives the documents of an older version the fields that
   * are new. Doing it again does nothing, several servers may do it at once, and if it is
   * interrupted, doing it again completes it. Each step may take up to 5 minutes.
   *
   * <p>The Node server makes an index of the bundles' ids that allows the same id twice. Beside it,
   * this makes one that does not, unless there already are bundles with the same id; that is logged
   * as a warning.
   *
   * <p>A database without the collections of our own, such as one of the Node server, is current
   * all the same: the first write to one of them creates what this would.
   *
   * @return what was done, for people to read; empty if there was nothing to do
   * @throws SchemaException if the database cannot be migrated; the message says why, and nothing
   *     was changed
   */
  public List<String> migrate() {
    return migrating.run(() -> new Migration(migrating.database()).run());
  }
}
