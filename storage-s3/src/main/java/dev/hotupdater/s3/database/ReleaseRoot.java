package dev.hotupdater.s3.database;

import dev.hotupdater.database.Revision;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every app and release there is, after one commit. What it does not list does not exist, whatever
 * objects there are. Immutable.
 *
 * @param recent the revisions that the last commits led to, newest first; never empty
 * @param apps the apps
 * @param releases the releases
 * @param retired the records that the last commits replaced or deleted, oldest first
 */
record ReleaseRoot(
    List<Revision> recent,
    SortedMap<AppId, AppEntry> apps,
    SortedMap<ReleaseId, ReleaseEntry> releases,
    List<RetiredRecord> retired) {
  /**
   * How many commits are remembered: a writer that got no answer finds its own among them, unless
   * so many others were made before it could look.
   */
  private static final int MAX_RECENT = 64;

  /** How many records that are not named any more are remembered: about 100 KB of JSON. */
  static final int MAX_RETIRED = 1_000;

  /** That of a database in which no commit to releases has been made. */
  static final ReleaseRoot EMPTY =
      new ReleaseRoot(List.of(new Revision("0")), new TreeMap<>(), new TreeMap<>(), List.of());

  ReleaseRoot {
    if (recent.isEmpty()) {
      throw new IllegalArgumentException("A root has a revision");
    }
    recent = List.copyOf(recent);
    apps = Collections.unmodifiableSortedMap(new TreeMap<>(apps));
    releases = Collections.unmodifiableSortedMap(new TreeMap<>(releases));
    retired = List.copyOf(retired);
  }

  Revision revision() {
    return recent.get(0);
  }

  /** Whether a commit led to this revision, as far as commits are remembered. */
  boolean hasBeenAt(Revision revision) {
    return recent.contains(revision);
  }

  Optional<AppEntry> app(AppId id) {
    return Optional.ofNullable(apps.get(id));
  }

  Optional<ReleaseEntry> release(ReleaseId id) {
    return Optional.ofNullable(releases.get(id));
  }

  /** The names of all objects that belong to this root. */
  Set<RecordName> records() {
    Set<RecordName> records = new HashSet<>();
    apps.values().forEach(entry -> records.add(entry.record()));
    releases.values().forEach(entry -> records.add(entry.record()));
    return records;
  }

  /** The names of objects that belonged to a former root until this time, or later. */
  Set<RecordName> retiredSince(Instant time) {
    Set<RecordName> records = new HashSet<>();
    for (RetiredRecord former : retired) {
      if (!former.at().isBefore(time)) {
        records.add(former.record());
      }
    }
    return records;
  }

  /** This root, which remembers what the one before it named and it does not. */
  ReleaseRoot inPlaceOf(ReleaseRoot before, Instant now) {
    Set<RecordName> gone = before.records();
    gone.removeAll(records());
    Instant at = now.truncatedTo(ChronoUnit.SECONDS);
    List<RetiredRecord> all = new ArrayList<>(before.retired);
    gone.forEach(record -> all.add(new RetiredRecord(record, at)));
    List<RetiredRecord> last = all.subList(Math.max(0, all.size() - MAX_RETIRED), all.size());
    return new ReleaseRoot(recent, apps, releases, last);
  }

  /** The root after one more commit. */
  ReleaseRoot next(
      Revision revision, Map<AppId, AppEntry> nextApps, Map<ReleaseId, ReleaseEntry> nextReleases) {
    List<Revision> revisions = new ArrayList<>(List.of(revision));
    revisions.addAll(recent.subList(0, Math.min(recent.size(), MAX_RECENT - 1)));
    return new ReleaseRoot(
        revisions, new TreeMap<>(nextApps), new TreeMap<>(nextReleases), retired);
  }
}
