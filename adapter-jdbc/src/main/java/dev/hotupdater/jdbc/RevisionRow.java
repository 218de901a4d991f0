package dev.hotupdater.jdbc;

import dev.hotupdater.database.Revision;
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

  static Revision read(Session session) {
    return Settings.read(session, KEY).map(Revision::new).orElse(NONE);
  }

  /** Locks the row and gives it a new value. */
  static void advance(Session session) {
    String next = UUID.randomUUID().toString();
    if (session.update(Settings.update(session.syntax(), KEY, next)) == 0) {
      // If another writer creates it at the same time, this collides and is done again.
      session.update(Settings.insert(session.syntax(), KEY, next));
    }
  }
}
