package dev.hotupdater.mongo;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.Revision;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the documents of a journal as they are between two commits. Whether the server has
 * transactions or not: the head tells whether a commit has come in between, and what it has
 * touched, which is then read again; a commit that is not finished is finished on what was read.
 */
final class StableReader {
  private final Access access;
  private final Deadline deadline;

  StableReader(Access access, Deadline deadline) {
    this.access = access;
    this.deadline = deadline;
  }

  /**
   * Documents at one point in time.
   *
   * @param head what the head was then
   */
  record State(Head head, Documents documents) {}

  /**
   * What has changed since a revision.
   *
   * @param touched the ids of all that may read differently
   */
  record Change(State state, Set<BundleId> touched) {}

  /** Where all documents come from. */
  interface Source {
    /** Reads all. */
    void everything(Documents into);

    /** Reads again what commits have touched, and forgets what was read of it before. */
    void again(Set<BundleId> touched, Documents into);
  }

  /** Reads documents, as they are whatever commit is under way. */
  interface Part {
    /**
     * Reads the documents.
     *
     * @param finish brings what was read to the state after a commit that is under way, so that it
     *     shows what else to read; it is called once more in the end
     */
    Documents read(Consumer<Documents> finish);
  }

  /** All documents. */
  State all(Source source) {
    Head head = access.head();
    Documents documents = everything(source, head);
    while (true) {
      Head now = access.head();
      if (now.revision().equals(head.revision())) {
        return new State(now, documents);
      }
      deadline.check();
      Optional<Set<BundleId>> touched = now.log().since(head.revision());
      if (touched.isPresent()) {
        source.again(touched.get(), documents);
        documents.finish(now.pending());
      } else {
        documents = everything(source, now);
      }
      head = now;
    }
  }

  private static Documents everything(Source source, Head head) {
    Documents documents = new Documents();
    source.everything(documents);
    documents.finish(head.pending());
    return documents;
  }

  /** Some of the documents. */
  State part(Part part) {
    Head head = access.head();
    while (true) {
      Optional<PendingCommit> pending = head.pending();
      Documents documents = part.read(read -> read.finish(pending));
      documents.finish(pending);
      Head now = access.head();
      if (now.revision().equals(head.revision())) {
        return new State(now, documents);
      }
      deadline.check();
      head = now;
    }
  }

  /** What has changed since a revision; empty if the log does not go back that far. */
  Optional<Change> since(Revision known, Touched part) {
    Head head = access.head();
    while (true) {
      Optional<Set<BundleId>> touched = head.log().since(known);
      if (touched.isEmpty()) {
        return Optional.empty();
      }
      State state = part(part.of(touched.get()));
      if (state.head().revision().equals(head.revision())) {
        return Optional.of(new Change(state, touched.get()));
      }
      // What a commit in between has touched must be read as well, all of it or nothing.
      deadline.check();
      head = state.head();
    }
  }

  /** How to read what commits have touched. */
  interface Touched {
    /** Reads what has these ids. */
    Part of(Set<BundleId> ids);
  }
}
