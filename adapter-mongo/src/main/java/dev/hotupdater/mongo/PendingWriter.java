package dev.hotupdater.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.WriteModel;
import dev.hotupdater.database.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** Does the writes of a commit that is decided. */
final class PendingWriter {
  private final Access access;

  PendingWriter(Access access) {
    this.access = access;
  }

  /** Does the writes inside of a transaction. */
  void write(List<DocumentWrite> writes) {
    inRuns(writes, WriteModels::plain);
  }

  /** Does, inside of a transaction, all that is left of a commit that was begun without one. */
  void complete(PendingCommit commit) {
    inRuns(commit.writes(), WriteModels::completing);
  }

  /**
   * Does all that is left of a commit, without a transaction. Several writers may do so at once,
   * and one that comes late does no harm: each write names what it replaces, and what is created
   * counts only once it is confirmed, which a late writer never does.
   */
  void finish(PendingCommit commit) {
    Function<DocumentWrite, WriteModel<BsonDocument>> form =
        write -> WriteModels.repeatable(write, commit.tag());
    try {
      inRuns(commit.writes(), form);
    } catch (MongoBulkWriteException e) {
      if (!Failure.isDuplicate(e)) {
        throw e;
      }
      oneByOne(commit, form);
    }
    if (!commit.creates() || confirm(commit)) {
      access.update(Table.SETTINGS, access.journal().headAt(commit.revision()), Head.finished());
    }
  }

  /** Returns false if somebody else has finished the commit. */
  private boolean confirm(PendingCommit commit) {
    boolean pending = isPending(commit.revision());
    Bson tentative = Filters.eq(Fields.TENTATIVE, commit.tag());
    for (NamedCollection table : access.journal().collections()) {
      List<BsonValue> created = commit.created(table);
      if (pending) {
        access.updateAll(table, created, tentative, WriteModels.confirmation());
      } else {
        access.deleteAll(table, created, tentative);
      }
    }
    return pending;
  }

  private boolean isPending(Revision revision) {
    return access
        .head()
        .pending()
        .filter(pending -> pending.revision().equals(revision))
        .isPresent();
  }

  /** Does all writes, those to one collection that follow each other at once. */
  private void inRuns(
      List<DocumentWrite> writes, Function<DocumentWrite, WriteModel<BsonDocument>> form) {
    List<WriteModel<BsonDocument>> run = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      NamedCollection table = writes.get(i).table();
      run.add(form.apply(writes.get(i)));
      if (i + 1 == writes.size() || writes.get(i + 1).table() != table) {
        access.write(table, run);
        run.clear();
      }
    }
  }

  /** Does all writes where there is something in the place of what is to be created. */
  private void oneByOne(
      PendingCommit commit, Function<DocumentWrite, WriteModel<BsonDocument>> form) {
    for (DocumentWrite write : commit.writes()) {
      try {
        access.write(write.table(), List.of(form.apply(write)));
      } catch (MongoBulkWriteException e) {
        if (!Failure.isDuplicate(e) || !(write instanceof DocumentWrite.Insert)) {
          throw e;
        }
        displace(commit, (DocumentWrite.Insert) write, form);
      }
    }
  }

  /**
   * Creates a document in the place of others: what a late writer of a finished commit has created
   * goes, and what other software has created is written into.
   */
  private void displace(
      PendingCommit commit,
      DocumentWrite.Insert insert,
      Function<DocumentWrite, WriteModel<BsonDocument>> form) {
    List<BsonDocument> late =
        access.matching(
            insert.table(),
            Filters.and(
                Filters.exists(Fields.TENTATIVE), Filters.ne(Fields.TENTATIVE, commit.tag())));
    // Asked after that was read: what is not of this commit now cannot be of a later one.
    if (!isPending(commit.revision())) {
      return;
    }
    for (BsonDocument document : late) {
      access.deleteAll(
          insert.table(),
          List.of(Values.get(document, Fields.KEY)),
          Filters.eq(Fields.TENTATIVE, Values.get(document, Fields.TENTATIVE)));
    }
    try {
      access.write(insert.table(), List.of(form.apply(insert)));
    } catch (MongoBulkWriteException e) {
      if (!Failure.isDuplicate(e)) {
        throw e;
      }
      overwrite(insert);
    }
  }

  /** Writes into the document of other software; one of ours would be that of a later commit. */
  private void overwrite(DocumentWrite.Insert insert) {
    BsonDocument fields = insert.document().clone();
    fields.remove(Fields.KEY);
    Bson ofOthers =
        Filters.and(
            Filters.eq(Fields.ID, Values.get(insert.document(), Fields.ID)),
            Filters.eq(Fields.COMMIT, BsonNull.VALUE));
    access.update(insert.table(), ofOthers, new BsonDocument("$set", fields));
  }
}
