package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.ReleaseSamples.release;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.HintSubscription;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.testkit.ReleaseDatabaseContract;
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

/** The contract of releases on a real replica set. */
@Testcontainers(disabledWithoutDocker = true)
class ReplicaSetReleasesTest extends ReleaseDatabaseContract {
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
  protected ReleaseDatabase createDatabase() {
    String name = TestServer.unused();
    MongoSchema.of(client(), name).migrate();
    return MongoBundleDatabase.create(client(), name);
  }

  @Test
  void commit_givesAHint() throws Exception {
    ReleaseDatabase database = createDatabase();
    AtomicInteger hints = new AtomicInteger();
    try (HintSubscription subscription = database.onChange(hints::incrementAndGet)) {
      await(hints, 0);
      int before = hints.get();
      database
          .releases(RequestContext.none())
          .commit(List.of(ReleaseWrite.create(release(1, "1.0.0", "a"))));
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
