package dev.hotupdater.database;

import dev.hotupdater.context.RequestContext;

/**
 * A place where bundles are recorded. Implement it to keep them somewhere of your own; extend the
 * contract tests of the testkit to see that you did it right.
 *
 * <p>Creating a database opens no connection. Implementations are safe for use by many threads, and
 * end every call within a bounded time. A failure is a {@link DatabaseException}; where the
 * database could not be reached, or did not answer in time, a {@link DatabaseUnavailableException}.
 */
public interface Database {
  /**
   * Checks that the database can be reached and has the tables that this version of the library
   * works with. Cheap enough to be asked every few seconds.
   *
   * @throws SchemaException if the tables are missing, old or too new; the message says what to do
   * @throws DatabaseException if the database cannot be used for another reason
   */
  void check();

  /**
   * The bundles of a request.
   *
   * @param context what the embedder attached to the request; a database that keeps tenants apart
   *     picks the tenant by it, others ignore it
   */
  BundleStore bundles(RequestContext context);

  /**
   * Registers for hints that something may have changed, through this library or other software, as
   * databases with notifications or cheap counters can give them. Hints only make refreshing
   * faster: they may be lost, late or unfounded.
   *
   * @param listener called on a thread of the database; returns quickly and throws nothing
   * @return closes the registration; the default gives no hints
   */
  default HintSubscription onChange(Runnable listener) {
    return () -> {};
  }
}
