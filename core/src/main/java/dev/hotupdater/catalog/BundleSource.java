package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.Revision;
import java.util.Optional;

/** The bundles of a database, for one context. */
final class BundleSource implements StateSource<CatalogIndex, CatalogChange> {
  private final Database database;
  private final RequestContext context;

  BundleSource(Database database, RequestContext context) {
    this.database = database;
    this.context = context;
  }

  @Override
  public CatalogIndex empty() {
    return CatalogIndex.EMPTY;
  }

  @Override
  public Revision revision() {
    return store().revision();
  }

  @Override
  public Optional<String> fingerprint() {
    return store().fingerprint();
  }

  @Override
  public Transition<CatalogIndex, CatalogChange> read(CatalogIndex known) {
    return known.next(store().snapshot());
  }

  @Override
  public Optional<Transition<CatalogIndex, CatalogChange>> changesSince(CatalogIndex known) {
    return store().changesSince(known.revision()).map(known::next);
  }

  @Override
  public Optional<Transition<CatalogIndex, CatalogChange>> rebase(
      CatalogIndex known, Transition<CatalogIndex, CatalogChange> read, CatalogIndex current) {
    return store()
        .changesSince(read.state().revision())
        .map(later -> known.rebase(read.change(), current, later));
  }

  private BundleStore store() {
    return database.bundles(context);
  }
}
