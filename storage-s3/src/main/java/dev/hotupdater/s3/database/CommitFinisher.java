package dev.hotupdater.s3.database;

import dev.hotupdater.database.Revision;

/**
 * Brings a commit that is in the journal into the objects. Any number of writers may do so at the
 * same time, and each may stop at any step.
 *
 * <p>An object is written on condition that it is as it was at a time at which the commit was still
 * pending. That keeps a writer who is late from undoing what was committed after it.
 */
final class CommitFinisher {
  private final MetadataLayout layout;
  private final MetadataObjects store;
  private final TargetLists targetLists;
  private final MetadataJournal journal;
  private final ConditionalRequests conditions;

  CommitFinisher(
      MetadataLayout layout,
      MetadataObjects store,
      TargetLists targetLists,
      MetadataJournal journal,
      ConditionalRequests conditions) {
    this.layout = layout;
    this.store = store;
    this.targetLists = targetLists;
    this.journal = journal;
    this.conditions = conditions;
  }

  /**
   * Finishes the pending commit, unless somebody else has.
   *
   * @param pending the journal with the commit
   * @param objects the objects, read while it was that, or before
   */
  void finish(MetadataJournal.State pending, StoredObjects objects, Patience patience) {
    PendingCommit commit = pending.journal().pending().orElseThrow();
    Revision revision = pending.journal().revision();
    ObjectChanges changes = ObjectChanges.of(commit, objects, layout);
    for (String key : changes.keys()) {
      while (!write(key, changes, objects, revision)) {
        patience.pause("Other software kept changing '" + key + "'");
        store.reload(key, objects);
        if (!journal.read().isSame(pending)) {
          return;
        }
      }
    }
    for (ReleaseLine line : commit.lines()) {
      while (!targetLists.write(line, objects, revision)) {
        patience.pause("Other software kept changing the targets of '" + line.channel() + "'");
        if (!journal.read().isSame(pending)) {
          return;
        }
      }
    }
    journal.replace(pending, pending.journal().finished());
  }

  /** Returns whether the object is as it is to be now. */
  private boolean write(
      String key, ObjectChanges changes, StoredObjects objects, Revision revision) {
    UpdateFile before = changes.before(key);
    UpdateFile after = changes.after(key);
    if (after.isSame(before)) {
      return true;
    }
    if (after.isEmpty() && conditions.canDelete()) {
      String etag = objects.updates(key).orElseThrow().listed().etag();
      return store.delete(key, etag, objects);
    }
    return store.put(key, after, WriteMark.mark(after.text(), revision), objects);
  }
}
