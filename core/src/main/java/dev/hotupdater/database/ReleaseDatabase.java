package dev.hotupdater.database;

import dev.hotupdater.context.RequestContext;

/**
 * A database that records releases as well. One that does not is a plain {@link Database}, and the
 * routes of releases cannot be mounted on it.
 */
public interface ReleaseDatabase extends Database {
  /**
   * The apps and releases of a request.
   *
   * @param context what the embedder attached to the request; a database that keeps tenants apart
   *     picks the tenant by it, others ignore it
   */
  ReleaseStore releases(RequestContext context);
}
