package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.Revision;
import dev.hotupdater.s3.database.MetadataBucket.Fetched;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The object with the root, which is replaced by compare-and-swap and never deleted. */
final class RootObject {
  /** So that a server which polls does not read more than this after each commit. */
  static final int MAX_BYTES = 8 * 1024 * 1024;

  private static final long MOST_REMEMBERED_BYTES = 16L * 1024 * 1024;
  private static final int PART_OF_HEAP = 32;
  private static final String ONE_CONTENT = "";

  private final MetadataBucket bucket;
  private final MetadataLayout layout;
  private final String key;

  /** Former roots by their revision, for what has changed since. */
  private final ContentCache<ReleaseRoot> former =
      new ContentCache<>(
          Math.min(MOST_REMEMBERED_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));

  private volatile @Nullable State known;

  RootObject(MetadataBucket bucket, MetadataLayout layout) {
    this.bucket = bucket;
    this.layout = layout;
    this.key = layout.rootKey();
  }

  /**
   * The root at one time.
   *
   * @param etag the entity tag of its object; absent if there is none
   * @param root what is in it
   */
  record State(Optional<String> etag, ReleaseRoot root) {
    static final State NEW = new State(Optional.empty(), ReleaseRoot.EMPTY);

    boolean isSame(State other) {
      return etag.equals(other.etag);
    }
  }

  /**
   * Reads the root, without its content where it is the one that was read last. One that has never
   * been seen counts as that of a new database, which {@link #load} makes sure of.
   *
   * @throws DatabaseException if it was removed, or is none
   */
  State read() {
    State last = known;
    Fetched fetched = bucket.fetch(key, last == null ? Optional.empty() : last.etag());
    if (fetched instanceof Fetched.Unchanged && last != null) {
      return last;
    }
    if (fetched instanceof Fetched.Found) {
      Fetched.Found found = (Fetched.Found) fetched;
      ReleaseRoot root = ReleaseRootJson.read(found.body(), key);
      return remember(new State(Optional.of(found.etag()), root), found.body().length);
    }
    if (fetched instanceof Fetched.Missing) {
      if (last != null) {
        throw removed();
      }
      return State.NEW;
    }
    throw new DatabaseException(
        "The list of releases '"
            + key
            + "' cannot be read, as it is archived or too large. Restore it.");
  }

  /**
   * Reads the root. If there is none, looks whether there never was one: a commit writes it before
   * anything else.
   *
   * @throws DatabaseException if it was removed, or is none
   */
  State load() {
    State state = read();
    if (state.etag().isEmpty()
        && !bucket.page(layout.recordsPrefix(), Optional.empty()).contents().isEmpty()) {
      // It may have been created in between.
      State later = read();
      if (later.etag().isEmpty()) {
        throw removed();
      }
      return later;
    }
    return state;
  }

  private DatabaseException removed() {
    return new DatabaseException(
        "The list of releases '"
            + key
            + "' was removed. Restore it, and the objects under '"
            + layout.recordsPrefix()
            + "' that were deleted since; if the releases are not needed any more, delete '"
            + layout.recordsPrefix()
            + "' and start this server again.");
  }

  /**
   * Replaces the root; empty if it is not as expected any more.
   *
   * @throws DatabaseException if it would become too large
   */
  Optional<State> replace(State expected, ReleaseRoot next) {
    byte[] body = ReleaseRootJson.write(next);
    if (body.length > MAX_BYTES) {
      throw new DatabaseException(
          "The list of releases would become larger than "
              + MAX_BYTES
              + " bytes. Delete old releases.");
    }
    return bucket
        .put(key, body, expected.etag())
        .map(etag -> remember(new State(Optional.of(etag), next), body.length));
  }

  /** The root at this revision, if it is still remembered. */
  Optional<ReleaseRoot> at(Revision revision) {
    return ReleaseRoot.EMPTY.revision().equals(revision)
        ? Optional.of(ReleaseRoot.EMPTY)
        : former.get(revision.value(), ONE_CONTENT);
  }

  private State remember(State state, int bytes) {
    former.put(state.root().revision().value(), ONE_CONTENT, state.root(), bytes);
    known = state;
    return state;
  }
}
