package dev.hotupdater.database;

import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.List;
import java.util.Optional;

/**
 * The apps and releases in a database. A plugin must write {@link #snapshot}, {@link #revision} and
 * {@link #commit}; the rest follows from them, and may be overridden where the database can do it
 * better. A release with its artifacts is one record, written and read as a whole; {@link
 * dev.hotupdater.release.ReleaseJson} and {@link dev.hotupdater.release.AppJson} give it a form.
 *
 * <p>Every method sees all commits that ended before it was called. Methods throw {@link
 * DatabaseException}; if what they are kept in has not been created, {@link SchemaException}.
 */
public interface ReleaseStore {
  /**
   * All apps and releases together with the revision that they are the state of, read at one point
   * in time: never half of a commit.
   */
  ReleaseSnapshot snapshot();

  /**
   * The current revision. This is asked about once a second, so it should be one cheap read. It
   * changes with every commit to this store, and with nothing else.
   */
  Revision revision();

  /**
   * What commits have changed since a revision, so that not everything must be read again.
   *
   * @param known a revision that the caller has the state of
   * @return empty, the default, if the store cannot tell, or not that far back; the caller then
   *     takes a {@link #snapshot}
   */
  default Optional<ReleaseDelta> changesSince(Revision known) {
    return Optional.empty();
  }

  /**
   * A text that changes whenever the apps or releases do, whoever writes them, so that what is
   * written past this library is found without reading everything. It is asked for every few
   * seconds. Only equality means something.
   *
   * @return empty, the default, if the store has nothing that is cheaper than a {@link #snapshot}
   */
  default Optional<String> fingerprint() {
    return Optional.empty();
  }

  /**
   * Makes all writes or none, in their order. A put creates the record or replaces it whole; a
   * delete of a release that does not exist does nothing. A record that cannot be read is not
   * absent: only a write that expects nothing replaces or deletes it.
   *
   * @throws ReleaseConflictException if a write expects a revision that its record does not have;
   *     the caller reads again and decides anew
   * @throws DatabaseException naming a record that cannot be read, of which a write expects
   *     something
   * @throws AlreadyTakenException if afterwards two apps would have the same slug, or two releases
   *     of an app and channel the same version
   */
  void commit(List<ReleaseWrite> writes);

  /**
   * The app with this id.
   *
   * @throws DatabaseException if there is one that cannot be read
   */
  default Optional<App> findApp(AppId id) {
    return snapshot().apps().stream().filter(app -> app.id().equals(id)).findFirst();
  }

  /**
   * The release with this id.
   *
   * @throws DatabaseException if there is one that cannot be read
   */
  default Optional<Release> findRelease(ReleaseId id) {
    return snapshot().releases().stream().filter(release -> release.id().equals(id)).findFirst();
  }
}
