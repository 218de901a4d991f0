package dev.hotupdater.s3.database;

import dev.hotupdater.database.Revision;
import dev.hotupdater.s3.database.StoredObjects.Updates;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts right what a writer did too late. An object is created on condition that there is none, and
 * that holds again when others have finished the commit and then deleted the object: what they
 * deleted or moved is back.
 */
final class LateCreations {
  private static final Logger log = LoggerFactory.getLogger(LateCreations.class);

  private final MetadataLayout layout;
  private final MetadataObjects store;
  private final MetadataJournal journal;
  private final ObjectWriter writer;

  LateCreations(
      MetadataLayout layout, MetadataObjects store, MetadataJournal journal, ObjectWriter writer) {
    this.layout = layout;
    this.store = store;
    this.journal = journal;
    this.writer = writer;
  }

  /**
   * Makes of created objects what the commits after theirs make of them.
   *
   * @param keys the objects
   * @param revision that of the commit they were created for
   * @param objects the objects as they were created
   */
  void correct(Set<String> keys, Revision revision, StoredObjects objects, Patience patience) {
    for (String key : keys) {
      while (!correct(key, revision, objects)) {
        patience.pause("Other software kept changing '" + key + "'");
        store.reload(key, objects);
      }
    }
  }

  /** The object was read before the journal is: a commit that is newer changes its tag. */
  private boolean correct(String key, Revision revision, StoredObjects objects) {
    Optional<UpdateFile> created = objects.updates(key).flatMap(Updates::file);
    Journal now = journal.read().journal();
    if (created.isEmpty() || now.revision().equals(revision)) {
      return true;
    }
    Optional<List<PendingCommit>> later = now.since(revision);
    if (later.isEmpty()) {
      log.warn(
          "The object {} was created for the commit {} after many others. Delete what is listed"
              + " again although it was deleted.",
          key,
          revision.value());
      return true;
    }
    UpdateFile corrected = created.get();
    for (PendingCommit commit : later.get()) {
      corrected = corrected.with(commit.presentIn(key, layout), commit.ids());
    }
    return writer.write(key, created.get(), corrected, now.revision(), objects);
  }
}
