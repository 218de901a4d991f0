package dev.hotupdater.testkit;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePage;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A database that can become slow or get lost, and comes back. Its hints are lost always: the
 * default of {@link Database#onChange} gives none.
 */
final class UnreliableDatabase implements Database {
  /** A database ends every call within a bounded time; this one within so long. */
  private static final Duration TIMEOUT = Duration.ofMillis(150);

  private static final Duration LONGEST_DELAY = Duration.ofMillis(4);

  /** What becomes of a call. */
  enum State {
    /** It is answered. */
    THERE,
    /** It is answered, but late: a read tells what was there a while ago. */
    LATE,
    /** It fails at once, as if the connection were refused. */
    REFUSING,
    /** It hangs until its time is over, as if packets got lost. */
    HANGING
  }

  private final Database database;
  private final ReadWriteLock calls = new ReentrantReadWriteLock();
  private State state = State.THERE;

  UnreliableDatabase(Database database) {
    this.database = database;
  }

  /** Changes what becomes of calls, after those have ended that the database is answering. */
  void become(State next) {
    calls.writeLock().lock();
    try {
      state = next;
    } finally {
      calls.writeLock().unlock();
    }
  }

  private <T> T call(Supplier<T> answer) {
    State found;
    calls.readLock().lock();
    try {
      found = state;
      if (found == State.THERE) {
        return answer.get();
      }
      if (found == State.LATE) {
        T read = answer.get();
        pause(ThreadLocalRandom.current().nextLong(LONGEST_DELAY.toNanos()));
        return read;
      }
    } finally {
      calls.readLock().unlock();
    }
    if (found == State.HANGING) {
      pause(TIMEOUT.toNanos());
    }
    throw new DatabaseUnavailableException("The test has taken the database away.");
  }

  private static void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("Interrupted in a call.", e);
    }
  }

  @Override
  public void check() {
    call(
        () -> {
          database.check();
          return true;
        });
  }

  @Override
  public BundleStore bundles(RequestContext context) {
    return new Store(database.bundles(context));
  }

  private final class Store implements BundleStore {
    private final BundleStore store;

    Store(BundleStore store) {
      this.store = store;
    }

    @Override
    public BundleSnapshot snapshot() {
      return call(store::snapshot);
    }

    @Override
    public Revision revision() {
      return call(store::revision);
    }

    @Override
    public Optional<BundleDelta> changesSince(Revision known) {
      return call(() -> store.changesSince(known));
    }

    @Override
    public Optional<String> fingerprint() {
      return call(store::fingerprint);
    }

    @Override
    public void commit(List<BundleWrite> writes) {
      call(
          () -> {
            store.commit(writes);
            return true;
          });
    }

    @Override
    public Optional<Bundle> find(BundleId id) {
      return call(() -> store.find(id));
    }

    @Override
    public BundlePage list(BundleQuery query) {
      return call(() -> store.list(query));
    }

    @Override
    public SortedSet<String> channels() {
      return call(store::channels);
    }
  }
}
