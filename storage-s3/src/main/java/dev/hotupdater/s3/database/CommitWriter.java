package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.Revision;
import dev.hotupdater.s3.database.MetadataJournal.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes commits, one after the other. A commit is made when it is in the journal; whatever happens
 * then, readers see all of it, and if this writer does not bring it into the objects, the next
 * does.
 */
final class CommitWriter {
  private static final Logger log = LoggerFactory.getLogger(CommitWriter.class);

  private final MetadataLayout layout;
  private final MetadataObjects store;
  private final MetadataJournal journal;
  private final ConditionalRequests conditions;
  private final CommitFinisher finisher;
  private final Duration timeout;
  private final Duration repairDelay;
  private final CommitTurn turn = new CommitTurn();

  /** Kept from commit to commit, as one may be given up before the wait is over; for whose turn. */
  private Optional<Sighting> sighting = Optional.empty();

  /**
   * A commit of which it is not known that it is in the objects.
   *
   * @param etag the tag of the journal
   * @param since when this was first seen
   */
  private record Sighting(Optional<String> etag, long since) {}

  CommitWriter(
      MetadataLayout layout,
      MetadataObjects store,
      MetadataJournal journal,
      ConditionalRequests conditions,
      CommitFinisher finisher,
      Duration timeout,
      Duration repairDelay) {
    this.layout = layout;
    this.store = store;
    this.journal = journal;
    this.conditions = conditions;
    this.finisher = finisher;
    this.timeout = timeout;
    this.repairDelay = repairDelay;
  }

  void commit(List<BundleWrite> writes) {
    Patience patience = new Patience(timeout);
    turn.await(patience);
    try {
      conditions.canDelete();
      while (!tryCommit(writes, patience)) {
        patience.pause("Other writers were faster");
      }
    } finally {
      turn.leave();
    }
  }

  /** Returns false if somebody else was faster. */
  private boolean tryCommit(List<BundleWrite> writes, Patience patience) {
    State before = awaitPending(patience);
    StoredObjects objects = store.load();
    CommitDraft draft;
    try {
      draft = CommitDraft.of(writes, objects, layout);
    } catch (DatabaseException | InvalidBundleException e) {
      // What was read may have been half of another commit.
      if (journal.read().isSame(before)) {
        throw e;
      }
      return false;
    }
    Revision revision = new Revision(UUID.randomUUID().toString());
    Journal next = before.journal().with(draft.entry(revision), draft.content());
    Optional<State> made = Swap.of(() -> journal.replace(before, next), () -> ifMade(revision));
    // Where it is no longer the newest, whoever made the next one has finished it.
    made.filter(
            state -> state.journal().revision().equals(revision) && state.journal().unfinished())
        .ifPresent(state -> finish(state, objects, patience));
    return made.isPresent();
  }

  /** The journal, if it has the commit. */
  private Optional<State> ifMade(Revision revision) {
    return Optional.of(journal.read()).filter(state -> state.journal().hasBeenAt(revision));
  }

  private void finish(State made, StoredObjects objects, Patience patience) {
    try {
      finisher.finish(made, objects, patience);
    } catch (DatabaseException e) {
      timePending(made);
      log.warn(
          "The commit {} is made, but not yet in all objects; the next commit sees to that.",
          made.journal().revision().value(),
          e);
    }
  }

  /** Waits until no commit is pending, and finishes one that its own writer does not finish. */
  private State awaitPending(Patience patience) {
    State state = journal.read();
    while (state.journal().pending().isPresent()) {
      if (timePending(state).compareTo(repairDelay) >= 0) {
        repair(state, patience);
      }
      State next = journal.read();
      if (!next.isSame(state)) {
        patience.reset();
      }
      if (next.journal().pending().isPresent()) {
        patience.pause("The commit of another writer was not finished");
      }
      state = next;
    }
    return state;
  }

  /** For how long the journal has been seen as it is. */
  private Duration timePending(State pending) {
    long now = System.nanoTime();
    Sighting first =
        sighting
            .filter(seen -> seen.etag().equals(pending.etag()))
            .orElseGet(() -> new Sighting(pending.etag(), now));
    sighting = Optional.of(first);
    return Duration.ofNanos(now - first.since());
  }

  private void repair(State pending, Patience patience) {
    StoredObjects objects = store.load();
    if (journal.read().isSame(pending)) {
      log.warn(
          "Finishing the commit {}, whose writer has stopped.",
          pending.journal().revision().value());
      finisher.finish(pending, objects, patience);
    }
  }
}
