package dev.hotupdater.s3;

import dev.hotupdater.storage.WritableStorage;
import dev.hotupdater.testkit.WritableStorageContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of storages, against a server that checks signatures. */
class S3StorageTest extends WritableStorageContract {
  private static S3Server server;
  private static S3Storage storage;

  @BeforeAll
  static void start() {
    server = S3Server.start();
    storage = server.storage().build();
  }

  @AfterAll
  static void stop() {
    storage.close();
    server.close();
  }

  @Override
  protected WritableStorage storage() {
    return storage;
  }
}
