package dev.hotupdater.mongo;

import com.mongodb.MongoException;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.Revision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonDocument;

/**
 * Makes commits: in a transaction where the server has them, and with a pending commit elsewhere.
 */
final class Committer {
  private final Connection connection;
  private final UnreadableDocuments unreadable;

  /** Commits of one server wait here, since they could not go on side by side in the database. */
  private final ReentrantLock turn = new ReentrantLock(true);

  Committer(Connection connection, UnreadableDocuments unreadable) {
    this.connection = connection;
    this.unreadable = unreadable;
  }

  void commit(List<BundleWrite> writes) {
    Deadline deadline = Deadline.in(connection.timeout());
    takeTurn(deadline);
    try {
      connection.run(
          () -> {
            if (connection.deployment().hasTransactions()) {
              inTransaction(writes, deadline);
            } else {
              withoutTransaction(writes, deadline);
            }
            return true;
          });
    } finally {
      turn.unlock();
    }
  }

  private void takeTurn(Deadline deadline) {
    try {
      if (!turn.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        deadline.check();
        throw new DatabaseUnavailableException("Other writers are in the way. Try again.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("Interrupted while waiting for another writer.", e);
    }
  }

  private void inTransaction(List<BundleWrite> writes, Deadline deadline) {
    while (true) {
      try {
        connection.inTransaction(
            access -> {
              commit(access, writes);
              return true;
            });
        return;
      } catch (MongoException e) {
        // The driver repeats what collided, but not what was created twice.
        if (!Failure.isDuplicate(e)) {
          throw e;
        }
        deadline.pause();
      }
    }
  }

  private void commit(Access access, List<BundleWrite> writes) {
    Revision next = Head.nextRevision();
    // Written first, so that commits collide here and nowhere else.
    access.upsert(Table.SETTINGS, Access.HEAD, Head.started());
    Head head = access.head();
    PendingWriter writer = new PendingWriter(access);
    head.pending().ifPresent(writer::complete);
    CommitDraft draft = CommitDraft.of(writes, next, new BundleReader(access, unreadable));
    writer.write(draft.writes());
    access.update(Table.SETTINGS, Access.HEAD, head.finishedBy(next, draft.touched()));
  }

  private void withoutTransaction(List<BundleWrite> writes, Deadline deadline) {
    Access access = connection.access();
    PendingWriter writer = new PendingWriter(access);
    Leftover leftover = new Leftover(connection.boundedWait(Leftover.LONGEST_PATIENCE));
    Optional<PendingCommit> decided = Optional.empty();
    while (decided.isEmpty()) {
      Head head = access.head();
      if (head.pending().isEmpty()) {
        decided = decide(access, head, writes);
      } else if (leftover.isOld(head.revision())) {
        writer.finish(head.pending().get());
        continue;
      }
      if (decided.isEmpty()) {
        deadline.pause();
      }
    }
    writer.finish(decided.get());
  }

  /** Makes the commit the last one, if no other became that in between. */
  private Optional<PendingCommit> decide(Access access, Head head, List<BundleWrite> writes) {
    Revision next = Head.nextRevision();
    CommitDraft draft = CommitDraft.of(writes, next, new BundleReader(access, unreadable));
    Head after = head.after(next, draft.touched(), draft.writes());
    if (head.revision().equals(Head.NONE)) {
      create(access);
    }
    boolean isLast =
        access.update(
            Table.SETTINGS,
            Access.headAt(head.revision()),
            new BsonDocument("$set", after.fields()));
    return isLast ? after.pending() : Optional.empty();
  }

  private static void create(Access access) {
    try {
      access.upsert(Table.SETTINGS, Access.HEAD, Head.created());
    } catch (MongoException e) {
      // Then another writer has created it at the same time.
      if (!Failure.isDuplicate(e)) {
        throw e;
      }
    }
  }
}
