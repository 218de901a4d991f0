package dev.hotupdater.protocol.liveupdates;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;

/** A database that records releases, but nothing of devices. */
record WithoutDevices(ReleaseDatabase database) implements ReleaseDatabase {
  @Override
  public void check() {
    database.check();
  }

  @Override
  public BundleStore bundles(RequestContext context) {
    return database.bundles(context);
  }

  @Override
  public ReleaseStore releases(RequestContext context) {
    return database.releases(context);
  }
}
