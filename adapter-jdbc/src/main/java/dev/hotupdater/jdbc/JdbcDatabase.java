package dev.hotupdater.jdbc;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.database.HintSubscription;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A database in PostgreSQL, MySQL, MariaDB or SQLite. It uses the tables of the Node server, which
 * must have been created or migrated before, see {@link JdbcSchema}; several servers of either kind
 * may work on them at the same time. Releases, and what devices told, are kept in tables beside
 * them. Safe for use by many threads.
 *
 * <pre>{@code
 * Database database = JdbcDatabase.create(dataSource);
 * }</pre>
 *
 * <p>Which kind of database it is, is asked at its first use. Connections are borrowed from the
 * data source for the length of one call; use a pool. A commit waits for the commits of other
 * writers, and is repeated if it collided with one.
 *
 * <p>While somebody listens for changes, PostgreSQL and SQLite keep one more connection, see {@link
 * #onChange}.
 *
 * <p>A row that makes no sense as what it should be is skipped, with a warning in the log. An app
 * or a release of such a row is not taken for absent, though: to ask for it by its id, or to write
 * it only if it is absent or unchanged, is a {@link dev.hotupdater.database.DatabaseException}.
 */
public final class JdbcDatabase implements ReleaseDatabase, DeviceDatabase {
  private final Transactor transactor;
  private final BundleStore bundles;
  private final ReleaseStore releases;
  private final DeviceStore devices;
  private final Optional<ChangeWatch> watch;

  private JdbcDatabase(Builder builder) {
    watch = builder.watch();
    Duration timeout = builder.statementTimeout;
    TimedConnections connections =
        TimedConnections.forStatements(builder.dataSource, timeout, builder.giveWay(watch));
    transactor = new Transactor(connections, timeout, SchemaParts.BUNDLES);
    bundles = new JdbcBundleStore(transactor);
    releases = new JdbcReleaseStore(new Transactor(connections, timeout, SchemaParts.RELEASES));
    devices = new JdbcDeviceStore(new Transactor(connections, timeout, SchemaParts.DEVICES));
  }

  /** A database with the default options. Opens no connection. */
  public static JdbcDatabase create(DataSource dataSource) {
    return builder(dataSource).build();
  }

  /** A builder with the default options. */
  public static Builder builder(DataSource dataSource) {
    return new Builder(requireNonNull(dataSource, "dataSource"));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The tables of releases and of devices are not looked for: whoever has no releases, or is
   * told nothing by devices, needs none.
   */
  @Override
  public void check() {
    transactor.checkSchema();
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
   * <p>The context makes no difference here. If the tables of releases are missing, every call is a
   * {@link dev.hotupdater.database.SchemaException} that names the commands which create them.
   */
  @Override
  public ReleaseStore releases(RequestContext context) {
    return releases;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The context makes no difference here. If the tables of devices are missing, every call is a
   * {@link dev.hotupdater.database.SchemaException} that names the commands which create them.
   */
  @Override
  public DeviceStore devices(RequestContext context) {
    return devices;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The first registration starts a thread, which borrows one connection and keeps it; the last
   * one that is closed ends both. Opens no connection itself.
   *
   * <ul>
   *   <li>PostgreSQL: the commits of this library come at once, by {@code LISTEN}; those of other
   *       software mostly within a second, by the row counts that the server keeps.
   *   <li>SQLite: every commit, whoever made it, within about 20 milliseconds.
   *   <li>MySQL and MariaDB: there are no hints, and the thread ends at once.
   * </ul>
   *
   * <p>A connection that is lost is opened again, with one hint for what was missed. If a call has
   * to wait long for a connection because of this one, it is handed back for an hour.
   */
  @Override
  public HintSubscription onChange(Runnable listener) {
    requireNonNull(listener, "listener");
    return watch.map(present -> present.subscribe(listener)).orElse(() -> {});
  }

  /** Builds a {@link JdbcDatabase}. Not thread-safe. */
  public static final class Builder {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    private final DataSource dataSource;
    private Duration statementTimeout = DEFAULT_TIMEOUT;
    private Optional<DataSource> hintDataSource = Optional.empty();
    private boolean hints = true;

    private Builder(DataSource dataSource) {
      this.dataSource = dataSource;
    }

    /**
     * Sets how long to wait for a connection, for the answer to one statement, and for other
     * writers; the default is 10 seconds. After that a call fails with a {@link
     * dev.hotupdater.database.DatabaseUnavailableException}.
     *
     * @throws IllegalArgumentException if it is shorter than a millisecond or longer than a day
     */
    public Builder statementTimeout(Duration timeout) {
      if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
        throw new IllegalArgumentException(
            "statementTimeout must be from one millisecond to one day");
      }
      this.statementTimeout = timeout;
      return this;
    }

    /**
     * Sets where the connection comes from that is kept for {@link JdbcDatabase#onChange hints};
     * the default is the data source of everything else, so that its pool needs one connection more
     * than without hints. Give another one where that pool is small, or where it leads through a
     * proxy that lends a connection for one transaction only, such as PgBouncer: {@code LISTEN}
     * does nothing there. It must be one of the same database, and need not be a pool.
     */
    public Builder hintDataSource(DataSource dataSource) {
      this.hintDataSource = Optional.of(requireNonNull(dataSource, "dataSource"));
      return this;
    }

    /**
     * Does without hints: {@link JdbcDatabase#onChange} gives none, and starts no thread. Other
     * servers still get theirs of what is committed here.
     */
    public Builder withoutHints() {
      this.hints = false;
      return this;
    }

    private Optional<ChangeWatch> watch() {
      return hints
          ? Optional.of(new ChangeWatch(hintDataSource.orElse(dataSource), statementTimeout))
          : Optional.empty();
    }

    /** What to do when connections are scarce: the watch may have one of them. */
    private Runnable giveWay(Optional<ChangeWatch> watch) {
      return watch.isPresent() && hintDataSource.isEmpty() ? watch.get()::giveWay : () -> {};
    }

    /** Builds the database. Opens no connection. */
    public JdbcDatabase build() {
      return new JdbcDatabase(this);
    }
  }
}
