package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.s3.database.MetadataBucket.Fetched;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The object with the journal, which is replaced by compare-and-swap. */
final class MetadataJournal {
  private final MetadataBucket bucket;
  private final String key;

  private volatile @Nullable State known;

  MetadataJournal(MetadataBucket bucket, MetadataLayout layout) {
    this.bucket = bucket;
    this.key = layout.journalKey();
  }

  /**
   * The journal at one time.
   *
   * @param etag the entity tag of its object; absent if there is none
   * @param journal what is in it
   */
  record State(Optional<String> etag, Journal journal) {
    boolean isSame(State other) {
      return etag.equals(other.etag);
    }
  }

  /** Reads the journal, without its content where it is the one that was read last. */
  State read() {
    State last = known;
    Fetched fetched = bucket.fetch(key, last == null ? Optional.empty() : last.etag());
    if (fetched instanceof Fetched.Unchanged && last != null) {
      return last;
    }
    if (fetched instanceof Fetched.Found) {
      Fetched.Found found = (Fetched.Found) fetched;
      return remember(new State(Optional.of(found.etag()), JournalJson.read(found.body(), key)));
    }
    if (fetched instanceof Fetched.Missing) {
      return remember(new State(Optional.empty(), Journal.NONE));
    }
    throw new DatabaseException(
        "The journal '" + key + "' cannot be read, as it is archived or too large. Restore it.");
  }

  /** Replaces the journal; empty if it is not as expected any more. */
  Optional<State> replace(State expected, Journal next) {
    byte[] body = JournalJson.write(next);
    if (body.length > MetadataBucket.MAX_OBJECT_BYTES) {
      throw new DatabaseException("The commit is too large. Divide it into several.");
    }
    return bucket
        .put(key, body, expected.etag())
        .map(etag -> remember(new State(Optional.of(etag), next)));
  }

  private State remember(State state) {
    known = state;
    return state;
  }
}
