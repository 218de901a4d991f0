package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePage;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.BundleRules;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.WriteConflictException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The bundles of a server: who gets which, and their management. Decisions come from memory, the
 * rest reads and writes the database. Safe for use by many threads.
 *
 * <p>Methods throw {@link dev.hotupdater.database.DatabaseException} if the database fails.
 */
public final class Bundles {
  private static final Repetition CHANGES =
      new Repetition(WriteConflictException.class, 100, 5_000_000);

  private final BundleCatalog catalog;
  private final Database database;
  private final RequestContext context;

  private Bundles(BundleCatalog catalog, Database database, RequestContext context) {
    this.catalog = catalog;
    this.database = database;
    this.context = context;
  }

  /** The bundles of a context. */
  public static Bundles of(BundleCatalog catalog, Database database, RequestContext context) {
    return new Bundles(catalog, database, context);
  }

  /**
   * All bundles as decisions see them, from memory unless the database is read every time. Several
   * questions about one device are put to one view.
   */
  public BundleView view() {
    return catalog.index(context);
  }

  /** What the device should do. Protocol: "Update check". */
  public UpdateDecision decide(UpdateCheck check) {
    return view().decide(check);
  }

  /** The bundle with this id as decisions see it, enabled or not, without reading the database. */
  public Optional<Bundle> lookUp(BundleId id) {
    return view().find(id);
  }

  /** The bundle with this id, read from the database. */
  public Optional<Bundle> find(BundleId id) {
    return store().find(id);
  }

  /** All bundles as they are at one point in time, read from the database. */
  public BundleSnapshot all() {
    return store().snapshot();
  }

  /** One page of the bundles, newest first, read from the database. */
  public BundlePage list(BundleQuery query) {
    return store().list(query);
  }

  /** The names of all channels that have a bundle. */
  public SortedSet<String> channels() {
    return store().channels();
  }

  /**
   * Creates bundles, or replaces those that exist: all or none.
   *
   * @throws dev.hotupdater.bundle.InvalidBundleException if one breaks a rule; nothing is stored
   */
  public void publish(List<Bundle> bundles) {
    bundles.forEach(BundleRules::check);
    commit(bundles.stream().map(BundleWrite::put).toList());
    catalog.published(bundles, context);
  }

  /** Creates a bundle, or replaces it. See {@link #publish(List)}. */
  public void publish(Bundle bundle) {
    publish(List.of(bundle));
  }

  /**
   * Changes a bundle. Of two changes at the same time both take effect, field by field.
   *
   * @return the bundle after the change; empty if there is no bundle with this id
   * @throws dev.hotupdater.bundle.InvalidBundleException if the changed bundle breaks a rule;
   *     nothing is stored
   */
  public Optional<Bundle> change(BundleId id, BundleChange change) {
    return CHANGES.of(
        () ->
            findForChange(id).map(current -> replace(current, BundleRevision.of(current), change)));
  }

  /**
   * Changes a bundle that still is what the caller has read.
   *
   * @return the bundle after the change; empty if there is no bundle with this id
   * @throws WriteConflictException if the bundle is another by now; nothing is stored
   * @throws dev.hotupdater.bundle.InvalidBundleException if the changed bundle breaks a rule;
   *     nothing is stored
   */
  public Optional<Bundle> change(BundleId id, BundleChange change, BundleRevision expected) {
    Optional<Bundle> current = findForChange(id);
    if (current.isPresent() && !BundleRevision.of(current.get()).equals(expected)) {
      throw new WriteConflictException(id);
    }
    return current.map(bundle -> replace(bundle, expected, change));
  }

  /** Deletes a bundle. One that does not exist is deleted already. */
  public void delete(BundleId id) {
    commit(List.of(BundleWrite.delete(id)));
  }

  /**
   * Deletes a bundle that still is what the caller has read.
   *
   * @throws WriteConflictException if the bundle is another by now, or gone; nothing is deleted
   */
  public void delete(BundleId id, BundleRevision expected) {
    commit(List.of(BundleWrite.delete(id, expected)));
  }

  private Bundle replace(Bundle current, BundleRevision expected, BundleChange change) {
    Bundle changed = change.applyTo(current);
    if (changed.equals(current)) {
      catalog.catchUp(context);
    } else {
      commit(List.of(BundleWrite.replace(changed, expected)));
    }
    return changed;
  }

  /** What a caller has been told of the database, its next decision knows as well. */
  private Optional<Bundle> findForChange(BundleId id) {
    Optional<Bundle> current = find(id);
    if (current.isEmpty()) {
      catalog.catchUp(context);
    }
    return current;
  }

  private void commit(List<BundleWrite> writes) {
    if (!writes.isEmpty()) {
      store().commit(writes);
      catalog.catchUp(context);
    }
  }

  private BundleStore store() {
    return database.bundles(context);
  }
}
