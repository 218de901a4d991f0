package dev.hotupdater.jdbc;

import static java.util.stream.Collectors.toMap;

import dev.hotupdater.database.ExpectedRecords;
import dev.hotupdater.database.ReleaseDelta;
import dev.hotupdater.database.ReleasePlan;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.jdbc.ReleaseCommits.Touched;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The apps and releases in the tables of a database. */
final class JdbcReleaseStore implements ReleaseStore {
  private final Transactor transactor;
  private final DocumentTable<App> apps = DocumentTable.apps();
  private final DocumentTable<Release> releases = DocumentTable.releases();
  private final CommitNotice notice = new CommitNotice();
  private final Fingerprint fingerprint =
      new Fingerprint(SchemaParts.RELEASES, List.of(ReleaseSchema.APPS, ReleaseSchema.RELEASES));

  JdbcReleaseStore(Transactor transactor) {
    this.transactor = transactor;
  }

  @Override
  public ReleaseSnapshot snapshot() {
    return transactor.read(
        session -> {
          Revision revision = ReleaseCommits.newest(session);
          DocumentTable.Content<App> allApps = apps.all(session);
          DocumentTable.Content<Release> allReleases = releases.all(session);
          return new ReleaseSnapshot(
              revision,
              allApps.records(),
              allReleases.records(),
              allApps.unreadable().size() + allReleases.unreadable().size());
        });
  }

  @Override
  public Revision revision() {
    return transactor.query(ReleaseCommits::newest);
  }

  @Override
  public Optional<ReleaseDelta> changesSince(Revision known) {
    return transactor.read(
        session ->
            ReleaseCommits.since(session, known).flatMap(touched -> delta(session, touched)));
  }

  /** Empty if an app has gone or makes no sense: a delta has no word for that. */
  private Optional<ReleaseDelta> delta(Session session, Touched touched) {
    List<App> presentApps = apps.findAll(session, touched.apps()).records();
    if (presentApps.size() < touched.apps().size()) {
      return Optional.empty();
    }
    List<Release> present = releases.findAll(session, touched.releases()).records();
    Set<ReleaseId> absent = new LinkedHashSet<>(touched.releases());
    present.forEach(release -> absent.remove(release.id()));
    return Optional.of(
        new ReleaseDelta(ReleaseCommits.newest(session), presentApps, present, absent));
  }

  @Override
  public Optional<String> fingerprint() {
    return fingerprint.read(transactor);
  }

  @Override
  public void commit(List<ReleaseWrite> writes) {
    List<ReleaseWrite> copy = List.copyOf(writes);
    transactor.write(session -> commit(session, copy));
  }

  private void commit(Session session, List<ReleaseWrite> writes) {
    ReleaseCommits.lock(session);
    Touched touched = touched(writes);
    DocumentTable.Content<App> storedApps = apps.lock(session, touched.apps());
    DocumentTable.Content<Release> storedReleases = releases.lock(session, touched.releases());
    ExpectedRecords expected = ExpectedRecords.of(writes);
    apps.requireReadable(storedApps, expected.apps());
    releases.requireReadable(storedReleases, expected.releases());
    ReleasePlan plan =
        ReleasePlan.of(
            writes,
            storedApps.records().stream().collect(toMap(App::id, Function.identity())),
            storedReleases.records().stream().collect(toMap(Release::id, Function.identity())));
    TakenNames.check(session, plan);
    apps.replace(session, touched.apps(), plan.apps());
    releases.replace(session, touched.releases(), plan.releases());
    ReleaseCommits.add(session, touched);
    notice.send(session);
  }

  private static Touched touched(List<ReleaseWrite> writes) {
    Set<AppId> appIds = new LinkedHashSet<>();
    Set<ReleaseId> releaseIds = new LinkedHashSet<>();
    for (ReleaseWrite write : writes) {
      if (write instanceof ReleaseWrite.PutApp put) {
        appIds.add(put.app().id());
      } else if (write instanceof ReleaseWrite.PutRelease put) {
        releaseIds.add(put.release().id());
      } else if (write instanceof ReleaseWrite.DeleteRelease delete) {
        releaseIds.add(delete.id());
      }
    }
    return new Touched(appIds, releaseIds);
  }

  @Override
  public Optional<App> findApp(AppId id) {
    return transactor.query(session -> apps.find(session, id));
  }

  @Override
  public Optional<Release> findRelease(ReleaseId id) {
    return transactor.query(session -> releases.find(session, id));
  }
}
