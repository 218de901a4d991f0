package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.Revision;
import java.util.Optional;

/** The apps and releases of a database, for one context. */
final class ReleaseSource implements StateSource<ReleaseIndex, ReleaseChange> {
  private final ReleaseDatabase database;
  private final RequestContext context;

  ReleaseSource(ReleaseDatabase database, RequestContext context) {
    this.database = database;
    this.context = context;
  }

  @Override
  public ReleaseIndex empty() {
    return ReleaseIndex.EMPTY;
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
  public Transition<ReleaseIndex, ReleaseChange> read(ReleaseIndex known) {
    return known.next(store().snapshot());
  }

  @Override
  public Optional<Transition<ReleaseIndex, ReleaseChange>> changesSince(ReleaseIndex known) {
    return store().changesSince(known.revision()).map(known::next);
  }

  /** There are few releases, and fewer writes past this library: reading again costs little. */
  @Override
  public Optional<Transition<ReleaseIndex, ReleaseChange>> rebase(
      ReleaseIndex known, Transition<ReleaseIndex, ReleaseChange> read, ReleaseIndex current) {
    return Optional.empty();
  }

  private ReleaseStore store() {
    return database.releases(context);
  }
}
