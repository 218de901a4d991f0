package dev.hotupdater.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.testkit.DeviceDatabaseContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mongodb.MongoDBContainer;

/** The contract of devices on a real replica set. */
@Testcontainers(disabledWithoutDocker = true)
class ReplicaSetDevicesTest extends DeviceDatabaseContract {
  @Container
  private static final MongoDBContainer SERVER = new MongoDBContainer("mongo:8.0").withReplicaSet();

  private static @Nullable MongoClient client;

  @BeforeAll
  static void connect() {
    client = MongoClients.create(SERVER.getConnectionString());
  }

  @AfterAll
  static void disconnect() {
    client().close();
  }

  private static MongoClient client() {
    if (client == null) {
      throw new IllegalStateException("not connected");
    }
    return client;
  }

  @Override
  protected DeviceDatabase createDatabase() {
    String name = TestServer.unused();
    MongoSchema.of(client(), name).migrate();
    return MongoBundleDatabase.create(client(), name);
  }
}
