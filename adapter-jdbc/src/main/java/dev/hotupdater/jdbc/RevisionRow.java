package dev.hotupdater.jdbc;

import dev.hotupdater.database.Revision;
import java.util.Optional;
import java.util.UUID;

/**
 * The row that says which commit was the last. Every commit writes it first, so that commits wait
 * for each other there and nowhere else.
 *
 * <p>Its value is made at random and not counted: after a backup was restored, a count would sooner
 * or later be what it was before, and servers that still remember that would see no change.
 */
final class RevisionRow {
  private static final String KEY = "java_revision";
  private static final Revision NONE = new Revision("0");

  private RevisionRow() {}

  /** The revisions before and after a commit. */
  record Step(Revision from, Revision to) {}

  static Revision read(Session session) {
    return stored(session).orElse(NONE);
  }

  private static Optional<Revision> stored(Session session) {
    return Settings.OF_BUNDLES.read(session, KEY).map(Revision::new);
  }

  /** Locks the row and gives it a new value. */
  static Step advance(Session session) {
    // Locks before it reads, because SQLite refuses to write after another writer came in between.
    session.update(Settings.OF_BUNDLES.touch(session.syntax(), KEY));
    Optional<Revision> before = stored(session);
    String next = UUID.randomUUID().toString();
    // If another writer creates it at the same time, this collides and is done again.
    session.update(
        before.isPresent()
            ? Settings.OF_BUNDLES.update(session.syntax(), KEY, next)
            : Settings.OF_BUNDLES.insert(session.syntax(), KEY, next));
    return new Step(before.orElse(NONE), new Revision(next));
  }
}
