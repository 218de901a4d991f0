package dev.hotupdater.mongo;

import com.mongodb.MongoException;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.Revision;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonDocument;

/**
 * Makes the commits of a journal: in a transaction where the server has them, and with a pending
 * commit elsewhere.
 */
final class Committer {
  private final Connection connection;
  private final Journal journal;

  /** Commits of one server wait here, since they could not go on side by side in the database. */
  private final ReentrantLock turn = new ReentrantLock(true);

  Committer(Connection connection, Journal journal) {
    this.connection = connection;
    this.journal = journal;
  }

  void commit(Draft.Maker drafts) {
    Deadline deadline = Deadline.in(connection.timeout());
    takeTurn(deadline);
    try {
      connection.run(
          () -> {
            if (connection.deployment().hasTransactions()) {
              inTransaction(drafts, deadline);
            } else {
              withoutTransaction(drafts, deadline);
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

  private void inTransaction(Draft.Maker drafts, Deadline deadline) {
    while (true) {
      try {
        connection.inTransaction(
            access -> {
              commit(access.to(journal), drafts);
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

  private void commit(Access access, Draft.Maker drafts) {
    Revision next = Head.nextRevision();
    // Written first, so that commits collide here and nowhere else.
    access.upsert(Table.SETTINGS, journal.head(), Head.started(journal));
    Head head = access.head();
    PendingWriter writer = new PendingWriter(access);
    head.pending().ifPresent(writer::complete);
    Draft draft = drafts.make(access, next);
    writer.write(draft.writes());
    access.update(Table.SETTINGS, journal.head(), head.finishedBy(next, draft.touched()));
  }

  private void withoutTransaction(Draft.Maker drafts, Deadline deadline) {
    Access access = connection.access().to(journal);
    PendingWriter writer = new PendingWriter(access);
    Leftover leftover = new Leftover(connection.boundedWait(Leftover.LONGEST_PATIENCE));
    Optional<PendingCommit> decided = Optional.empty();
    while (decided.isEmpty()) {
      Head head = access.head();
      if (head.pending().isEmpty()) {
        decided = decide(access, head, drafts);
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
  private Optional<PendingCommit> decide(Access access, Head head, Draft.Maker drafts) {
    Revision next = Head.nextRevision();
    Draft draft = drafts.make(access, next);
    Head after = head.after(next, draft.touched(), draft.writes());
    if (head.revision().equals(Head.NONE)) {
      create(access);
    }
    boolean isLast =
        access.update(
            Table.SETTINGS,
            journal.headAt(head.revision()),
            new BsonDocument("$set", after.fields()));
    return isLast ? after.pending() : Optional.empty();
  }

  private void create(Access access) {
    try {
      access.upsert(Table.SETTINGS, journal.head(), journal.created());
    } catch (MongoException e) {
      // Then another writer has created it at the same time.
      if (!Failure.isDuplicate(e)) {
        throw e;
      }
    }
  }
}
