package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The apps and releases of a server. What clients ask is answered from memory, the rest reads and
 * writes the database. Safe for use by many threads.
 *
 * <p>Methods throw {@link dev.hotupdater.database.DatabaseException} if the database fails.
 */
public final class Releases {
  private static final Repetition CHANGES =
      new Repetition(ReleaseConflictException.class, 50, 10_000_000);

  private final ReleaseCatalog catalog;
  private final ReleaseDatabase database;
  private final RequestContext context;

  private Releases(ReleaseCatalog catalog, ReleaseDatabase database, RequestContext context) {
    this.catalog = catalog;
    this.database = database;
    this.context = context;
  }

  /** The apps and releases that belong to this request. */
  public static Releases of(
      ReleaseCatalog catalog, ReleaseDatabase database, RequestContext context) {
    return new Releases(catalog, database, context);
  }

  /** The current state, from memory. */
  public ReleaseView view() {
    return catalog.view(context);
  }

  /**
   * The current state, after the writes of other servers that have ended by now are taken in; as
   * far as the database can be read. This reads the database.
   */
  public ReleaseView freshView() {
    catalog.catchUp(context);
    return view();
  }

  /** The app with this id, as the database has it. */
  public Optional<App> findApp(AppId id) {
    return store().findApp(id);
  }

  /** The release with this id, as the database has it. */
  public Optional<Release> find(ReleaseId id) {
    return store().findRelease(id);
  }

  /**
   * Changes an app, which is created first if there is none. Of two changes at the same time both
   * take effect.
   *
   * @param change may be done several times
   * @return the app after the change
   * @throws InvalidReleaseException if the changed app breaks a rule; nothing is stored
   * @throws dev.hotupdater.database.AlreadyTakenException if its slug belongs to another app
   */
  public App changeApp(AppId id, Instant now, UnaryOperator<App> change) {
    return CHANGES.of(
        () -> {
          Optional<App> read = findApp(id);
          App changed = change.apply(read.orElseGet(() -> App.create(id, now)));
          if (!read.equals(Optional.of(changed))) {
            commit(
                read.map(app -> ReleaseWrite.replace(changed, app))
                    .orElseGet(() -> ReleaseWrite.create(changed)));
          }
          return changed;
        });
  }

  /**
   * Creates a release.
   *
   * @throws InvalidReleaseException if it breaks a rule, or its app does not exist; nothing is
   *     stored
   * @throws dev.hotupdater.database.AlreadyTakenException if its version exists on its channel
   */
  public void create(Release release) {
    ReleaseRules.check(release);
    if (findApp(release.appId()).isEmpty()) {
      throw new InvalidReleaseException("app_id", "There is no app " + release.appId() + ".");
    }
    commit(ReleaseWrite.create(release));
  }

  /**
   * Changes a release. Of two changes at the same time both take effect.
   *
   * @param change may be done several times
   * @return the release after the change; empty if there is no release with this id
   * @throws InvalidReleaseException if the changed release breaks a rule; nothing is stored
   * @throws dev.hotupdater.release.ReleaseStateException if it may not become what it is changed to
   */
  public Optional<Release> change(ReleaseId id, UnaryOperator<Release> change) {
    return CHANGES.of(
        () -> {
          Optional<Release> read = find(id);
          if (read.isEmpty()) {
            catalog.catchUp(context);
            return Optional.empty();
          }
          Release changed = change.apply(read.get());
          if (!changed.equals(read.get())) {
            ReleaseRules.check(changed);
            ReleaseRules.checkChange(read.get(), changed);
            commit(ReleaseWrite.replace(changed, read.get()));
          }
          return Optional.of(changed);
        });
  }

  /** An app and all its releases, as the database has them at this point in time. */
  public AppRecords records(AppId app) {
    return AppRecords.of(app, store().snapshot());
  }

  /**
   * Changes an app and releases of it in one commit, which fails if one of those that change is not
   * what was read any more; then all is read and decided again. So whoever changes the app with
   * every commit relies on what was read of its releases, too.
   *
   * @param change may be done several times
   * @return the records after the change
   * @throws InvalidReleaseException if a changed record breaks a rule; nothing is stored
   * @throws dev.hotupdater.release.ReleaseStateException if a release may not become what it is
   *     changed to
   * @throws dev.hotupdater.database.AlreadyTakenException if a version exists on its channel
   */
  public AppRecords changeRecords(AppId app, UnaryOperator<AppRecords> change) {
    return CHANGES.of(
        () -> {
          AppRecords read = records(app);
          AppRecords changed = change.apply(read);
          List<ReleaseWrite> writes = changed.writesAfter(read);
          if (!writes.isEmpty()) {
            commit(writes);
          }
          return changed;
        });
  }

  /** Deletes a release. One that does not exist is deleted already. */
  public void delete(ReleaseId id) {
    commit(ReleaseWrite.delete(id));
  }

  private void commit(ReleaseWrite write) {
    commit(List.of(write));
  }

  private void commit(List<ReleaseWrite> writes) {
    store().commit(writes);
    catalog.catchUp(context);
  }

  private ReleaseStore store() {
    return database.releases(context);
  }
}
