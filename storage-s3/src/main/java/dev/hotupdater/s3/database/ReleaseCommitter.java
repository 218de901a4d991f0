package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseRules;
import dev.hotupdater.s3.database.Reading.UnreadableRecordException;
import dev.hotupdater.s3.database.RootObject.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes commits of apps and releases, one after the other: first their objects, which nobody looks
 * at yet, then the root that lists them. The commit is made when the root is replaced; a writer
 * that stops before that leaves objects that are swept later.
 */
final class ReleaseCommitter {
  private final RootObject root;
  private final RecordObjects<App> apps;
  private final RecordObjects<Release> releases;
  private final ReleasePlanner planner;
  private final ConditionalRequests conditions;
  private final RecordSweep sweep;
  private final Duration timeout;
  private final Clock clock;
  private final CommitTurn turn = new CommitTurn();

  ReleaseCommitter(
      RootObject root,
      RecordObjects<App> apps,
      RecordObjects<Release> releases,
      ConditionalRequests conditions,
      RecordSweep sweep,
      Duration timeout,
      Clock clock) {
    this.root = root;
    this.apps = apps;
    this.releases = releases;
    this.planner = new ReleasePlanner(apps, releases);
    this.conditions = conditions;
    this.sweep = sweep;
    this.timeout = timeout;
    this.clock = clock;
  }

  void commit(List<ReleaseWrite> writes) {
    for (ReleaseWrite write : writes) {
      if (write instanceof ReleaseWrite.PutRelease put) {
        ReleaseRules.check(put.release());
      }
    }
    Instant start = clock.instant();
    State made = make(writes, start);
    sweep.afterCommit(made, start);
  }

  private State make(List<ReleaseWrite> writes, Instant start) {
    Patience patience = new Patience(timeout);
    Revision revision = new Revision(UUID.randomUUID().toString());
    turn.await(patience);
    try {
      conditions.canDelete();
      Optional<State> made = tryCommit(writes, revision, start);
      while (made.isEmpty()) {
        patience.pause("Other writers were faster");
        made = tryCommit(writes, revision, start);
      }
      return made.get();
    } finally {
      turn.leave();
    }
  }

  /** Returns the root with the commit; empty if somebody else was faster. */
  private Optional<State> tryCommit(List<ReleaseWrite> writes, Revision revision, Instant start) {
    State newest = root.load();
    if (newest.root().hasBeenAt(revision)) {
      // A request that was taken for refused has arrived after all.
      return Optional.of(newest);
    }
    Optional<State> before = created(newest);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    ReleaseDraft draft;
    try {
      ReleaseRoot stored = before.get().root();
      draft = ReleaseDraft.of(planner.plan(writes, stored), stored, revision);
    } catch (UnreadableRecordException e) {
      // It may have been replaced and swept in the meantime.
      if (root.read().isSame(before.get())) {
        throw e;
      }
      return Optional.empty();
    }
    apps.write(draft.apps());
    releases.write(draft.releases());
    Instant now = clock.instant();
    checkInTime(start, now);
    ReleaseRoot next = draft.root().inPlaceOf(before.get().root(), now);
    return Swap.of(() -> root.replace(before.get(), next), () -> ifMade(revision));
  }

  /**
   * A sweep may have deleted the records of a commit that is a day old, and a process can be
   * suspended at any point. If it is after this check, the root is not as it was read.
   */
  private static void checkInTime(Instant start, Instant now) {
    if (now.isAfter(start.plus(RecordSweep.GRACE.dividedBy(2)))) {
      throw new DatabaseUnavailableException(
          "The commit was held up for hours, or the clock was set. Nothing was written; repeat it.");
    }
  }

  /**
   * The root, which is there before anything else: so, if it is missing, it can be told whether it
   * was removed.
   */
  private Optional<State> created(State state) {
    return state.etag().isPresent() ? Optional.of(state) : root.replace(state, state.root());
  }

  /** The root, if it has the commit. */
  private Optional<State> ifMade(Revision revision) {
    return Optional.of(root.read()).filter(state -> state.root().hasBeenAt(revision));
  }
}
