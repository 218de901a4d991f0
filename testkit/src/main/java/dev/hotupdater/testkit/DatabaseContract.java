package dev.hotupdater.testkit;

import dev.hotupdater.database.Database;

/**
 * What every {@link Database} must do. Who writes one of their own extends this class, and its test
 * run shows whether it keeps what the interface promises.
 *
 * <pre>{@code
 * class MyDatabaseTest extends DatabaseContract {
 *   @Override
 *   protected Database createDatabase() {
 *     return MyDatabase.connect(emptySchema());
 *   }
 * }
 * }</pre>
 *
 * <p>A test that a database cannot pass is overridden and disabled with the reason, so that the gap
 * is shown.
 *
 * <p>The tests with random bundles print their seed. The system property {@value #SEED} repeats a
 * run.
 */
public abstract class DatabaseContract extends DatabaseChangeTests {
  /** The system property with the seed of the random tests; absent, every run has another. */
  public static final String SEED = "hotupdater.testkit.seed";

  /** For subclasses. */
  protected DatabaseContract() {}

  /**
   * Creates a database without any bundle, ready for use. It is asked for one before each test; the
   * databases of different tests must not share their bundles.
   */
  @Override
  protected abstract Database createDatabase() throws Exception;

  /** Disposes of a database after a test; does nothing unless it is overridden. */
  @Override
  protected void dispose(Database database) throws Exception {}
}
