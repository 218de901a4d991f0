package dev.hotupdater.mongo;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.ChangeLog;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The document of the settings that says which commit of a journal was the last, which bundles or
 * releases the last ones have touched, and what is still to be done for the last one. The Node
 * server reads only the setting with the version, so that there is room for ours.
 *
 * <p>A revision is made at random and not counted: after a backup was restored, a count would
 * sooner or later be what it was before, and servers that still remember that would see no change.
 *
 * @param revision the last commit
 * @param log the changes that led to it
 * @param pending the last commit, until all its writes are done
 */
record Head(Revision revision, ChangeLog log, Optional<PendingCommit> pending) {
  /** The key of the head of the bundles. */
  static final String KEY = "java_revision";

  /** The revision before the first commit. */
  static final Revision NONE = new Revision("0");

  private static final String CHANGES = "changes";
  private static final String PENDING = "pending";

  /** The head of a database without a commit. */
  static Head none() {
    return new Head(NONE, ChangeLog.startingAt(NONE), Optional.empty());
  }

  /**
   * Reads a head.
   *
   * @throws DatabaseException if it has a commit that is not finished and cannot be read
   */
  static Head of(BsonDocument document) {
    Revision revision = revision(document);
    // A log that does not end here was left behind by whoever restored half of a backup.
    ChangeLog log =
        Values.text(document, CHANGES)
            .flatMap(ChangeLog::parse)
            .filter(read -> read.end().equals(revision))
            .orElseGet(() -> ChangeLog.startingAt(revision));
    BsonValue pending = Values.get(document, PENDING);
    return new Head(
        revision,
        log,
        pending.isArray()
            ? Optional.of(
                PendingCommit.of(revision, pending.asArray())
                    .orElseThrow(() -> malformed(document)))
            : Optional.empty());
  }

  private static DatabaseException malformed(BsonDocument document) {
    return new DatabaseException(
        "The record of a commit that was not finished cannot be read. It is the field '"
            + PENDING
            + "' of the document '"
            + Values.text(document, Fields.KEY).orElse(KEY)
            + "' in "
            + Table.SETTINGS.collection()
            + ". Use the newest version of the library; if that does not help, remove the field and"
            + " repeat what was published last.");
  }

  static Revision revision(BsonDocument document) {
    return Values.text(document, Fields.VALUE).map(Revision::new).orElse(NONE);
  }

  static Revision nextRevision() {
    return new Revision(UUID.randomUUID().toString());
  }

  /** The head after one more commit, with all its writes still to be done. */
  Head after(Revision next, Set<BundleId> touched, List<DocumentWrite> writes) {
    return new Head(
        next,
        log.with(new ChangeLog.Commit(next, touched)),
        Optional.of(new PendingCommit(next, writes)));
  }

  /** The fields of the document, apart from what {@link Journal#created} gives it. */
  BsonDocument fields() {
    BsonDocument fields =
        new BsonDocument(Fields.VALUE, new BsonString(revision.value()))
            .append(CHANGES, new BsonString(log.text()));
    pending.ifPresent(commit -> fields.append(PENDING, commit.toBson()));
    return fields;
  }

  /** The update when all writes are done. */
  static BsonDocument finished() {
    return new BsonDocument("$unset", without(PENDING));
  }

  /** The update that begins a transaction: it creates the head if there is none, and locks it. */
  static BsonDocument started(Journal journal) {
    return journal.created().append("$set", new BsonDocument("writer", new BsonObjectId()));
  }

  /** The update that ends a transaction, in which the pending commit is finished as well. */
  BsonDocument finishedBy(Revision next, Set<BundleId> touched) {
    Head after = new Head(next, log.with(new ChangeLog.Commit(next, touched)), Optional.empty());
    return new BsonDocument("$set", after.fields()).append("$unset", without(PENDING));
  }

  private static BsonDocument without(String field) {
    return new BsonDocument(field, new BsonString(""));
  }
}
