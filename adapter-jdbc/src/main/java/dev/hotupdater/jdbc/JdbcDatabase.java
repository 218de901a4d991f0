package dev.hotupdater.jdbc;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.Database;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A database in PostgreSQL, MySQL, MariaDB or SQLite. It uses the tables of the Node server, which
 * must have been created or migrated before, see {@link JdbcSchema}; several servers of either kind
 * may work on them at the same time. Safe for use by many threads.
 *
 * <pre>{@code
 * Database database = JdbcDatabase.create(dataSource);
 * }</pre>
 *
 * <p>Which kind of database it is, is asked at its first use. Connections are borrowed from the
 * data source for the length of one call; use a pool. A commit waits for the commits of other
 * writers, and is repeated if it collided with one.
 *
 * <p>A row that makes no sense as a bundle is skipped, with a warning in the log.
 */
public final class JdbcDatabase implements Database {
  private final Transactor transactor;
  private final BundleStore bundles;

  private JdbcDatabase(Builder builder) {
    transactor = new Transactor(builder.dataSource, builder.statementTimeout);
    bundles = new JdbcBundleStore(transactor);
  }

  /** A database with the default options. Opens no connection. */
  public static JdbcDatabase create(DataSource dataSource) {
    return builder(dataSource).build();
  }

  /** A builder with the default options. */
  public static Builder builder(DataSource dataSource) {
    return new Builder(requireNonNull(dataSource, "dataSource"));
  }

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

  /** Builds a {@link JdbcDatabase}. Not thread-safe. */
  public static final class Builder {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    private final DataSource dataSource;
    private Duration statementTimeout = DEFAULT_TIMEOUT;

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

    /** Builds the database. Opens no connection. */
    public JdbcDatabase build() {
      return new JdbcDatabase(this);
    }
  }
}
