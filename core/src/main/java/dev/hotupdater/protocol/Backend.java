package dev.hotupdater.protocol;

import dev.hotupdater.catalog.Bundles;
import dev.hotupdater.context.RequestContext;

/** The parts of a server that routes are a thin layer over. Safe for use by many threads. */
public interface Backend {
  /** The bundles of a request: deciding about them, and managing them. */
  Bundles bundles(RequestContext context);

  /** The files that bundles refer to. */
  StorageAccess storage();

  /** How the server and what it depends on are doing. */
  HealthReport health();
}
