package dev.hotupdater.s3.database;

import dev.hotupdater.database.ChangeLog;
import dev.hotupdater.database.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What makes single objects a database: at which revision it is, how it came there, and what the
 * last commits did, so that who reads the objects one by one knows what was changed under way.
 * Immutable.
 *
 * @param log the last commits
 * @param recent what the newest of them did, newest first
 * @param unfinished whether the newest is not known to be in the objects
 */
record Journal(ChangeLog log, List<PendingCommit> recent, boolean unfinished) {
  private static final int MAX_RECENT = 16;
  private static final int MAX_RECENT_IDS = 64;

  /** That of a database in which this library has never made a commit. */
  static final Journal NONE =
      new Journal(ChangeLog.startingAt(new Revision("0")), List.of(), false);

  Journal {
    recent = List.copyOf(recent);
  }

  Revision revision() {
    return log.end();
  }

  /** The newest commit, if it is not known to be in the objects. */
  Optional<PendingCommit> pending() {
    return unfinished ? recent.stream().findFirst() : Optional.empty();
  }

  /** Whether a commit led to this revision, as far as the log goes back. */
  boolean hasBeenAt(Revision revision) {
    return log.since(revision).isPresent();
  }

  /** What the commits after a revision did, oldest first; empty if it is not known of all. */
  Optional<List<PendingCommit>> since(Revision start) {
    List<PendingCommit> commits = new ArrayList<>();
    Revision reached = revision();
    for (int i = 0; !reached.equals(start); i++) {
      if (i >= recent.size() || i >= log.commits().size()) {
        return Optional.empty();
      }
      commits.add(0, recent.get(i));
      boolean isOldest = i + 1 == log.commits().size();
      reached = isOldest ? log.start() : log.commits().get(i + 1).revision();
    }
    return Optional.of(commits);
  }

  /** The journal after one more commit, which is not in the objects yet. */
  Journal with(ChangeLog.Commit commit, PendingCommit content) {
    List<PendingCommit> next = new ArrayList<>(List.of(content));
    next.addAll(recent);
    return new Journal(log.with(commit), affordable(next, 1), true);
  }

  /** The journal when the newest commit is in the objects. */
  Journal finished() {
    return new Journal(log, affordable(recent, 0), false);
  }

  private static List<PendingCommit> affordable(List<PendingCommit> commits, int needed) {
    int ids = 0;
    for (int i = 0; i < commits.size(); i++) {
      ids += commits.get(i).ids().size();
      if (i >= needed && (i == MAX_RECENT || ids > MAX_RECENT_IDS)) {
        return commits.subList(0, i);
      }
    }
    return commits;
  }
}
