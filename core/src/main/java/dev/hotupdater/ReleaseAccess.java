package dev.hotupdater;

import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.catalog.ReleaseCatalog;
import dev.hotupdater.catalog.Releases;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.ReleaseDatabase;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The releases of a server. A server that has no use for them never reads them: their catalogue is
 * started when somebody asks for it first, which their routes do when they are mounted. Safe for
 * use by many threads.
 */
final class ReleaseAccess implements AutoCloseable {
  private final Database database;
  private final Freshness freshness;
  private final Object starting = new Object();
  private volatile @Nullable ReleaseCatalog catalog;

  ReleaseAccess(Database database, Freshness freshness) {
    this.database = database;
    this.freshness = freshness;
  }

  /**
   * The releases of a request.
   *
   * @throws IllegalArgumentException if the database records none
   */
  Releases of(RequestContext context) {
    if (!(database instanceof ReleaseDatabase)) {
      throw new IllegalArgumentException(
          "The database records no releases. Use one that implements ReleaseDatabase, or do not"
              + " mount the routes of releases.");
    }
    ReleaseDatabase releases = (ReleaseDatabase) database;
    return Releases.of(started(releases), releases, context);
  }

  private ReleaseCatalog started(ReleaseDatabase releases) {
    ReleaseCatalog known = catalog;
    if (known != null) {
      return known;
    }
    synchronized (starting) {
      ReleaseCatalog current = catalog;
      if (current == null) {
        current = ReleaseCatalog.start(releases, freshness);
        catalog = current;
      }
      return current;
    }
  }

  /** Loads the releases, if somebody has a use for them. */
  void warmUp() {
    ReleaseCatalog current = catalog;
    if (current != null) {
      current.warmUp();
    }
  }

  /** How long ago the releases in memory were known to equal the database; absent if none are. */
  Optional<Duration> age() {
    ReleaseCatalog current = catalog;
    return current == null ? Optional.empty() : current.age();
  }

  @Override
  public void close() {
    ReleaseCatalog current = catalog;
    if (current != null) {
      current.close();
    }
  }
}
