package dev.hotupdater.examples.customstorage;

import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.testkit.StorageContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class CdnStorageTest extends StorageContract {
  private LocalCdn cdn;
  private Storage storage;

  @BeforeEach
  void start() throws IOException {
    cdn = LocalCdn.start();
    storage = new CdnStorage(cdn.url());
  }

  @AfterEach
  void stop() {
    cdn.close();
  }

  @Override
  protected Storage storage() {
    return storage;
  }

  @Override
  protected StorageUri plant(ObjectKey key, byte[] content) {
    cdn.put("shop/" + key, content);
    return new StorageUri("cdn", "shop", key.toString());
  }
}
