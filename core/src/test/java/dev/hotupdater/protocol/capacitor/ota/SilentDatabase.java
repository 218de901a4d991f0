package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;

/** A database in memory that tells no server of the writes of another one. */
final class SilentDatabase implements ReleaseDatabase, DeviceDatabase {
  private final InMemoryDatabase memory = InMemoryDatabase.create();

  @Override
  public void check() {
    memory.check();
  }

  @Override
  public BundleStore bundles(RequestContext context) {
    return memory.bundles(context);
  }

  @Override
  public ReleaseStore releases(RequestContext context) {
    return memory.releases(context);
  }

  @Override
  public DeviceStore devices(RequestContext context) {
    return memory.devices(context);
  }
}
