package dev.hotupdater.testkit;

import dev.hotupdater.database.Database;

/**
 * What several servers that work on one database know of each other's writes, and when. Extend it,
 * beside {@link DatabaseContract}, for a database of your own: it shows that servers on your
 * database agree, lose nothing, and outlive it.
 *
 * <pre>{@code
 * class MyCoherenceTest extends CoherenceContract {
 *   @Override
 *   protected Database createDatabase() {
 *     return MyDatabase.connect(emptySchema());
 *   }
 *
 *   @Override
 *   protected Database anotherDatabase() {
 *     return MyDatabase.connect(schema());
 *   }
 * }
 * }</pre>
 *
 * <p>It holds a server and its database to these guarantees:
 *
 * <ul>
 *   <li>What a server has written is known to its next check, over every way of asking.
 *   <li>What another server has written is known within the poll interval. With {@link
 *       dev.hotupdater.catalog.Freshness#strict()} it is known to the very next check.
 *   <li>A decision is made from one state that the database has had between two commits; the
 *       decisions of one server never go back in time.
 *   <li>Of many writers on many servers none loses a change to another, in whichever field, and in
 *       the end all servers decide alike.
 *   <li>While the database is away, checks go on from the last good state; when it is back,
 *       everything goes on without a restart. A server that has never read it answers 503.
 * </ul>
 *
 * <p>The tests print what they have counted, and the seed of what is random; the system property
 * {@value DatabaseContract#SEED} repeats a run, as far as threads can be repeated.
 */
public abstract class CoherenceContract extends CoherenceOutageTests {
  /** For subclasses. */
  protected CoherenceContract() {}

  /** Creates a database without any bundle, ready for use. It is asked for one before each test. */
  @Override
  protected abstract Database createDatabase() throws Exception;

  /**
   * Makes another object for the bundles of the database that {@link #createDatabase} has created
   * last, as another server would have it: with connections of its own, if it has any. It is asked
   * for several in each test. If the bundles live in the object itself, it is that object.
   */
  @Override
  protected abstract Database anotherDatabase() throws Exception;

  /** Disposes of what a test has used; does nothing unless it is overridden. */
  @Override
  protected void dispose() throws Exception {}
}
