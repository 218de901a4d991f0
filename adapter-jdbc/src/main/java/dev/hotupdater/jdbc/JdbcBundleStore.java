package dev.hotupdater.jdbc;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePage;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.CommitPlan;
import dev.hotupdater.database.Revision;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** The bundles in the tables of a database. */
final class JdbcBundleStore implements BundleStore {
  private final Transactor transactor;
  private final BundleTable table = new BundleTable();
  private final CommitNotice notice = new CommitNotice();
  private final Fingerprint fingerprint =
      new Fingerprint(SchemaParts.BUNDLES, List.of("bundles", "bundle_patches"));

  JdbcBundleStore(Transactor transactor) {
    this.transactor = transactor;
  }

  @Override
  public BundleSnapshot snapshot() {
    return transactor.read(session -> table.snapshot(session, RevisionRow.read(session)));
  }

  @Override
  public Revision revision() {
    return transactor.query(RevisionRow::read);
  }

  @Override
  public Optional<BundleDelta> changesSince(Revision known) {
    return transactor.read(
        session -> {
          Revision current = RevisionRow.read(session);
          return ChangeLogRow.touchedBetween(session, known, current)
              .map(ids -> delta(session, current, ids));
        });
  }

  private BundleDelta delta(Session session, Revision current, Set<BundleId> touched) {
    List<Bundle> present = table.find(session, touched);
    Set<BundleId> absent = new LinkedHashSet<>(touched);
    present.forEach(bundle -> absent.remove(bundle.id()));
    return new BundleDelta(current, present, absent);
  }

  @Override
  public Optional<String> fingerprint() {
    return fingerprint.read(transactor);
  }

  @Override
  public void commit(List<BundleWrite> writes) {
    List<BundleWrite> copy = List.copyOf(writes);
    transactor.write(session -> commit(session, copy));
  }

  private void commit(Session session, List<BundleWrite> writes) {
    RevisionRow.Step step = RevisionRow.advance(session);
    Set<BundleId> ids = new LinkedHashSet<>();
    writes.forEach(write -> ids.add(write.id()));
    Map<BundleId, BundleRow> rows = table.lock(session, ids);
    Map<BundleId, Bundle> stored = new HashMap<>();
    rows.forEach((id, row) -> row.bundle().ifPresent(bundle -> stored.put(id, bundle)));

    CommitPlan plan = CommitPlan.of(writes, stored);
    Map<BundleId, String> storedIds =
        new HashMap<>(table.storedIds(session, plan.basesElsewhere()));
    plan.checkPatchBases(storedIds::containsKey);

    Set<BundleId> touched = touched(session, plan, rows.keySet());
    rows.forEach((id, row) -> storedIds.put(id, row.storedId()));
    new BundleWriter(session, storedIds).write(plan);
    ChangeLogRow.add(session, step, touched);
    notice.send(session);
  }

  /**
   * The ids of all bundles that may read differently after a commit: those that it writes, and
   * those with patches from bases that go, or that come and make patches valid which had none.
   */
  private Set<BundleId> touched(Session session, CommitPlan plan, Set<BundleId> stored) {
    Set<BundleId> bases = new LinkedHashSet<>(plan.written());
    bases.removeIf(id -> stored.contains(id) && !plan.withoutPatches().contains(id));
    Set<BundleId> touched = new LinkedHashSet<>(plan.written());
    touched.addAll(table.patchedFrom(session, bases));
    return touched;
  }

  @Override
  public Optional<Bundle> find(BundleId id) {
    return transactor.read(session -> table.find(session, id));
  }

  @Override
  public BundlePage list(BundleQuery query) {
    return transactor.read(session -> new Listing(session, table).page(query));
  }

  @Override
  public SortedSet<String> channels() {
    return transactor.query(session -> new Listing(session, table).channels());
  }
}
