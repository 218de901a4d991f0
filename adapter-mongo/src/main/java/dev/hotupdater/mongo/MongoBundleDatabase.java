package dev.hotupdater.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.client.MongoClient;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.database.HintSubscription;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;
import java.time.Duration;
import java.util.Optional;

/**
 * A database in MongoDB. It uses the collections of the Node server, which must have been created
 * or migrated before, see {@link MongoSchema}; several servers of either kind may work on them at
 * the same time. Apps and releases, and what devices told, are in collections beside them, which
 * the Node server does not know, and which the first write creates if they are missing. Safe for
 * use by many threads.
 *
 * <pre>{@code
 * ReleaseDatabase database = MongoBundleDatabase.create(client, "hotupdater");
 * }</pre>
 *
 * <p>The client belongs to the caller, who closes it when nothing uses it any more. Everything is
 * read from and written to the primary; writes are acknowledged by the majority.
 *
 * <p>On a replica set or a sharded cluster a commit is a transaction. On a standalone server it is
 * one document that decides it, followed by the writes that it consists of: servers of this library
 * see all of it or nothing, even if a server dies halfway, and the next commit completes it; the
 * Node server may see some of its documents before the others.
 *
 * <p>A document that makes no sense as a bundle, an app or a release is skipped, with a warning in
 * the log. An app or a release of such a document is not taken for absent, though: to ask for it by
 * its id, or to write it only if it is absent or unchanged, is a {@link
 * dev.hotupdater.database.DatabaseException}.
 */
public final class MongoBundleDatabase implements ReleaseDatabase, DeviceDatabase {
  private final SchemaCheck schema;
  private final BundleStore bundles;
  private final ReleaseStore releases;
  private final DeviceStore devices;
  private final Optional<ChangeWatch> watch;

  private MongoBundleDatabase(Builder builder) {
    Connection connection = Connection.of(builder.client, builder.database, builder.timeout);
    schema = new SchemaCheck(connection);
    bundles = new MongoBundleStore(connection, schema);
    releases = new MongoReleaseStore(connection, schema);
    devices = new MongoDeviceStore(connection, schema);
    watch = builder.hints ? Optional.of(ChangeWatch.of(connection)) : Optional.empty();
  }

  /**
   * A database with the default options. Does not talk to the server.
   *
   * @param client reaches the server; it is not closed here
   * @param database the name of the database that has the collections
   * @throws IllegalArgumentException if no database can have this name
   */
  public static MongoBundleDatabase create(MongoClient client, String database) {
    return builder(client, database).build();
  }

  /**
   * A builder with the default options.
   *
   * @param client reaches the server; it is not closed here
   * @param database the name of the database that has the collections
   */
  public static Builder builder(MongoClient client, String database) {
    return new Builder(requireNonNull(client, "client"), requireNonNull(database, "database"));
  }

  @Override
  public void check() {
    schema.check();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The context makes no difference here.
   */
  @Override
  public BundleStore bundles(RequestContext context) {
    return bundles;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The context makes no difference here.
   */
  @Override
  public ReleaseStore releases(RequestContext context) {
    return releases;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The context makes no difference here.
   */
  @Override
  public DeviceStore devices(RequestContext context) {
    return devices;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The first registration starts a thread with a change stream on the collections of bundles
   * and releases, which takes one connection of the client's pool; the last one that is closed ends
   * both. A stream that breaks is resumed, or opened again with one hint for what was missed. A
   * standalone server has no change streams: there are no hints then, and the thread ends at once.
   */
  @Override
  public HintSubscription onChange(Runnable listener) {
    requireNonNull(listener, "listener");
    return watch.map(present -> present.subscribe(listener)).orElse(() -> {});
  }

  /** Builds a {@link MongoBundleDatabase}. Not thread-safe. */
  public static final class Builder {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    private final MongoClient client;
    private final String database;
    private Duration timeout = DEFAULT_TIMEOUT;
    private boolean hints = true;

    private Builder(MongoClient client, String database) {
      this.client = client;
      this.database = database;
    }

    /**
     * Sets how long to wait for a server, a connection and an answer together, and for other
     * writers; the default is 10 seconds, whatever the client itself allows. After that a call
     * fails with a {@link dev.hotupdater.database.DatabaseUnavailableException}.
     *
     * @throws IllegalArgumentException if it is shorter than a millisecond or longer than a day
     */
    public Builder timeout(Duration timeout) {
      if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
        throw new IllegalArgumentException("timeout must be from one millisecond to one day");
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * Does without hints: {@link MongoBundleDatabase#onChange} gives none, and starts no thread.
     */
    public Builder withoutHints() {
      this.hints = false;
      return this;
    }

    /**
     * Builds the database. Does not talk to the server.
     *
     * @throws IllegalArgumentException if no database can have the name
     */
    public MongoBundleDatabase build() {
      return new MongoBundleDatabase(this);
    }
  }
}
