package dev.hotupdater.protocol;

import dev.hotupdater.catalog.Bundles;
import dev.hotupdater.catalog.CatalogListener;
import dev.hotupdater.catalog.Devices;
import dev.hotupdater.catalog.Releases;
import dev.hotupdater.context.RequestContext;

/** The parts of a server that routes are a thin layer over. Safe for use by many threads. */
public interface Backend {
  /** The bundles of a request: deciding about them, and managing them. */
  Bundles bundles(RequestContext context);

  /**
   * The apps and releases of a request: what clients ask, and managing them.
   *
   * @throws IllegalArgumentException if the server's database records no releases
   */
  Releases releases(RequestContext context);

  /**
   * What the devices of a request told, and the channels that they were given to.
   *
   * @throws IllegalArgumentException if the server's database records nothing of devices
   */
  Devices devices(RequestContext context);

  /** Has a listener told whenever decisions are made from another state of the bundles. */
  void onCatalogChange(CatalogListener listener);

  /** The path below which the routes are mounted; {@code ""} for the root. */
  String basePath();

  /** The files that bundles refer to. */
  StorageAccess storage();

  /** How the server and what it depends on are doing. */
  HealthReport health();
}
