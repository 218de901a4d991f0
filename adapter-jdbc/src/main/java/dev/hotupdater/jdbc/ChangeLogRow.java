package dev.hotupdater.jdbc;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.ChangeLog;
import dev.hotupdater.database.Revision;
import java.util.Optional;
import java.util.Set;

/**
 * The row with the {@link ChangeLog}. It only counts while it ends at the revision of the database:
 * a version of the library without a log, or whoever restored half of a backup, may have left it
 * behind.
 */
final class ChangeLogRow {
  static final String KEY = "java_changes";

  private ChangeLogRow() {}

  /**
   * The ids that the commits between two revisions have touched; empty if that is not known.
   *
   * @param current what the row with the revision says in the same transaction
   */
  static Optional<Set<BundleId>> touchedBetween(Session session, Revision known, Revision current) {
    return known.equals(current)
        ? Optional.of(Set.of())
        : read(session, current).flatMap(log -> log.since(known));
  }

  /** Adds a commit. The row with the revision must be locked. */
  static void add(Session session, RevisionRow.Step step, Set<BundleId> touched) {
    ChangeLog before =
        read(session, step.from()).orElseGet(() -> ChangeLog.startingAt(step.from()));
    String text = before.with(new ChangeLog.Commit(step.to(), touched)).text();
    if (session.update(Settings.OF_BUNDLES.update(session.syntax(), KEY, text)) == 0) {
      session.update(Settings.OF_BUNDLES.insert(session.syntax(), KEY, text));
    }
  }

  private static Optional<ChangeLog> read(Session session, Revision end) {
    return Settings.OF_BUNDLES
        .readShort(session, KEY, ChangeLog.MAX_TEXT_LENGTH)
        .flatMap(ChangeLog::parse)
        .filter(log -> log.end().equals(end));
  }
}
