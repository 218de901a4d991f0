package dev.hotupdater.database;

import dev.hotupdater.context.RequestContext;

/**
 * A database that records what devices tell as well. The routes that take it from them cannot be
 * mounted on one that does not.
 */
public interface DeviceDatabase extends Database {
  /**
   * What the devices of a request told.
   *
   * @param context what the embedder attached to the request; a database that keeps tenants apart
   *     picks the tenant by it, others ignore it
   */
  DeviceStore devices(RequestContext context);
}
