package dev.hotupdater.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleListing;
import dev.hotupdater.bundle.BundlePage;
import dev.hotupdater.bundle.BundleQuery;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The bundles in a database. A plugin must write {@link #snapshot}, {@link #revision} and {@link
 * #commit}; the rest follows from them, and may be overridden where the database can do it better.
 *
 * <p>Every method sees all commits that ended before it was called. Methods throw {@link
 * DatabaseException}.
 */
public interface BundleStore {
  /**
   * All bundles together with the revision that they are the state of, read at one point in time:
   * never half of a commit.
   */
  BundleSnapshot snapshot();

  /**
   * The current revision. This is asked about once a second, so it should be one cheap read. It
   * changes with every commit of this library; a write of other software may leave it as it is.
   */
  Revision revision();

  /**
   * What the commits of this library have changed since a revision, so that not everything must be
   * read again. Writes of other software need not be in it.
   *
   * @param known a revision that the caller has the state of
   * @return empty, the default, if the store cannot tell, or not that far back; the caller then
   *     takes a {@link #snapshot}
   */
  default Optional<BundleDelta> changesSince(Revision known) {
    return Optional.empty();
  }

  /**
   * A text that changes whenever the bundles do, whoever writes them, so that the writes of other
   * software are found without reading everything. It is asked for every few seconds. Only equality
   * means something.
   *
   * @return empty, the default, if the store has nothing that is cheaper than a {@link #snapshot}
   */
  default Optional<String> fingerprint() {
    return Optional.empty();
  }

  /**
   * Makes all writes or none.
   *
   * <p>Writes are done in their order. A put creates the bundle or replaces it whole; a delete of
   * an id that does not exist does nothing, and one of an id that is the base of patches removes
   * those patches from the other bundles.
   *
   * @throws WriteConflictException if a write expects a revision that its bundle does not have; the
   *     caller reads again and decides anew
   * @throws dev.hotupdater.bundle.InvalidBundleException if after all writes a written bundle has a
   *     patch whose base bundle does not exist
   */
  void commit(List<BundleWrite> writes);

  /** The bundle with this id. */
  default Optional<Bundle> find(BundleId id) {
    return snapshot().bundles().stream().filter(bundle -> bundle.id().equals(id)).findFirst();
  }

  /** The page that the query asks for. */
  default BundlePage list(BundleQuery query) {
    return BundleListing.page(snapshot().bundles(), query);
  }

  /** The names of all channels that have a bundle, enabled or not. */
  default SortedSet<String> channels() {
    return snapshot().bundles().stream()
        .map(Bundle::channel)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
