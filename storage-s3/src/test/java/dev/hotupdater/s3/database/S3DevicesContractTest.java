package dev.hotupdater.s3.database;

import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import dev.hotupdater.testkit.DeviceDatabaseContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@SuppressWarnings("NullAway.Init")
class S3DevicesContractTest extends DeviceDatabaseContract {
  private static MetadataServer server;

  private MetadataTestBucket bucket;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  protected DeviceDatabase createDatabase() {
    bucket = server.bucket();
    return bucket.database();
  }

  @Override
  protected DeviceDatabase createOtherInstance(DeviceDatabase created) {
    return bucket.database();
  }
}
