package dev.hotupdater.gcs;

import dev.hotupdater.gcs.standin.GcsStandIn;
import dev.hotupdater.storage.WritableStorage;
import dev.hotupdater.testkit.WritableStorageContract;
import org.junit.jupiter.api.AfterAll;

/** What every storage must do. */
class GcsStorageTest extends WritableStorageContract {
  private static final GcsStandIn gcs = GcsStandIn.start();
  private static final GcsStorage storage = GcsStorages.of(gcs).build();

  @AfterAll
  static void stop() {
    storage.close();
    gcs.close();
  }

  @Override
  protected WritableStorage storage() {
    return storage;
  }
}
