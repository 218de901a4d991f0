package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.Samples.bundle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.HintSubscription;
import dev.hotupdater.testkit.DatabaseContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mongodb.MongoDBContainer;

/** The contract on a real replica set, with its transactions, snapshots and change streams. */
@Testcontainers(disabledWithoutDocker = true)
class ReplicaSetTest extends DatabaseContract {
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
  protected Database createDatabase() {
    String name = TestServer.unused();
    MongoSchema.of(client(), name).migrate();
    return MongoBundleDatabase.create(client(), name);
  }

  @Test
  void server_hasTransactionsAndSnapshots() {
    assertEquals(
        new Deployment(true, true), Deployment.ask(client().getDatabase(TestServer.unused())));
  }

  @Test
  void commit_givesAHint() throws Exception {
    Database database = createDatabase();
    AtomicInteger hints = new AtomicInteger();
    try (HintSubscription subscription = database.onChange(hints::incrementAndGet)) {
      await(hints, 0);
      int before = hints.get();
      database.bundles(RequestContext.none()).commit(List.of(BundleWrite.put(bundle(1, "a"))));
      await(hints, before);
      assertTrue(hints.get() > before, String.valueOf(subscription));
    }
  }

  private static void await(AtomicInteger hints, int more) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (hints.get() <= more && System.nanoTime() < end) {
      Thread.sleep(20);
    }
  }
}
