package dev.hotupdater.s3.database;

import dev.hotupdater.database.Revision;
import dev.hotupdater.s3.database.MetadataJournal.State;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Brings a commit that is in the journal into the objects. Any number of writers may do so at the
 * same time, and each may stop at any step.
 *
 * <p>An object is changed on condition that it is as it was at a time at which the commit was still
 * pending. That keeps a writer who is late from undoing what was committed after it.
 *
 * <p>The condition of a creation, that there is no object, holds again after a deletion. So the
 * journal is looked at before each, and afterwards it tells whether later commits have been made:
 * what was created is then corrected. What stays is a writer who creates an object too late and
 * does not come to correct it.
 */
final class CommitFinisher {
  private final MetadataLayout layout;
  private final MetadataObjects store;
  private final ObjectWriter writer;
  private final TargetLists targetLists;
  private final MetadataJournal journal;
  private final LateCreations lateCreations;

  CommitFinisher(
      MetadataLayout layout,
      MetadataObjects store,
      TargetLists targetLists,
      MetadataJournal journal,
      ConditionalRequests conditions) {
    this.layout = layout;
    this.store = store;
    this.writer = new ObjectWriter(store, conditions);
    this.targetLists = targetLists;
    this.journal = journal;
    this.lateCreations = new LateCreations(layout, store, journal, writer);
  }

  /**
   * Finishes the pending commit, unless somebody else has.
   *
   * @param pending the journal with the commit, as it was written or read just now
   * @param objects the objects, read while it was that, or before
   */
  void finish(State pending, StoredObjects objects, Patience patience) {
    Run run = new Run(pending, objects, patience);
    boolean isNewest = false;
    try {
      isNewest = run.writeObjects() && run.writeTargetLists() && run.close();
    } finally {
      if (!isNewest) {
        lateCreations.correct(run.created, run.revision, objects, patience);
      }
    }
  }

  /** One writer's work on one commit. */
  private final class Run {
    private final State pending;
    private final PendingCommit commit;
    private final Revision revision;
    private final StoredObjects objects;
    private final Patience patience;
    private final Set<String> created = new LinkedHashSet<>();

    /**
     * Whether no request was sent since the journal was seen to be as it is in {@link #pending}.
     */
    private boolean isSure = true;

    Run(State pending, StoredObjects objects, Patience patience) {
      this.pending = pending;
      this.commit = pending.journal().pending().orElseThrow();
      this.revision = pending.journal().revision();
      this.objects = objects;
      this.patience = patience;
    }

    /** Returns false if somebody else has finished the commit. */
    boolean writeObjects() {
      ObjectChanges changes = ObjectChanges.of(commit, objects, layout);
      for (String key : changes.keys()) {
        while (true) {
          boolean isCreation = objects.updates(key).isEmpty();
          if (isCreation && !isPending()) {
            return false;
          }
          isSure = false;
          if (writer.write(key, changes.before(key), changes.after(key), revision, objects)) {
            if (isCreation) {
              created.add(key);
            }
            break;
          }
          patience.pause("Other software kept changing '" + key + "'");
          store.reload(key, objects);
          if (!isPending()) {
            return false;
          }
        }
      }
      return true;
    }

    /** Returns false if somebody else has finished the commit. */
    boolean writeTargetLists() {
      for (ReleaseLine line : commit.lines()) {
        isSure = false;
        while (!targetLists.write(line, objects, revision)) {
          patience.pause("Other software kept changing the targets of '" + line.channel() + "'");
          if (!isPending()) {
            return false;
          }
        }
      }
      return true;
    }

    /** Returns whether the commit is the newest one, and known to be in the objects now. */
    boolean close() {
      return journal.replace(pending, pending.journal().finished()).isPresent();
    }

    private boolean isPending() {
      isSure = isSure || journal.read().isSame(pending);
      return isSure;
    }
  }
}
