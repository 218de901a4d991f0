package dev.hotupdater.mongo;

import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Revision;
import java.util.List;
import org.bson.BsonDocument;

/** Commits of writers that died after they had decided them. */
final class Pending {
  private Pending() {}

  /** Makes a commit the last one, and does none of its writes. */
  static PendingCommit decide(Access access, List<BundleWrite> writes) {
    Revision next = Head.nextRevision();
    CommitDraft draft =
        CommitDraft.of(writes, next, new BundleReader(access, new UnreadableDocuments()));
    Head after = access.head().after(next, draft.touched(), draft.writes());
    access.update(Table.SETTINGS, Access.HEAD, new BsonDocument("$set", after.fields()));
    return after.pending().orElseThrow();
  }
}
