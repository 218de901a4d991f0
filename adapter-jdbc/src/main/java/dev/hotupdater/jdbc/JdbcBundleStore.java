package dev.hotupdater.jdbc;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePage;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
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

  JdbcBundleStore(Transactor transactor) {
    this.transactor = transactor;
  }

  @Override
  public BundleSnapshot snapshot() {
    return transactor.read(
        session -> new BundleSnapshot(RevisionRow.read(session), table.all(session)));
  }

  @Override
  public Revision revision() {
    return transactor.query(RevisionRow::read);
  }

  @Override
  public void commit(List<BundleWrite> writes) {
    List<BundleWrite> copy = List.copyOf(writes);
    transactor.write(session -> commit(session, copy));
  }

  private void commit(Session session, List<BundleWrite> writes) {
    RevisionRow.advance(session);
    Set<BundleId> ids = new LinkedHashSet<>();
    writes.forEach(write -> ids.add(write.id()));
    Map<BundleId, BundleRow> rows = table.lock(session, ids);
    Map<BundleId, Bundle> stored = new HashMap<>();
    rows.forEach((id, row) -> row.bundle().ifPresent(bundle -> stored.put(id, bundle)));

    CommitPlan plan = CommitPlan.of(writes, stored);
    Map<BundleId, String> storedIds =
        new HashMap<>(table.storedIds(session, plan.basesElsewhere()));
    plan.checkPatchBases(storedIds::containsKey);

    rows.forEach((id, row) -> storedIds.put(id, row.storedId()));
    new BundleWriter(session, storedIds).write(plan);
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
