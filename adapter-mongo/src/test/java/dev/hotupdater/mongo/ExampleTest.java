package dev.hotupdater.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the README. */
class ExampleTest {
  @Test
  void example_works() {
    try (TestServer server = TestServer.start()) {
      String uri = "mongodb://127.0.0.1:" + server.address().getPort();
      try (MongoClient client = MongoClients.create(uri)) {
        MongoSchema.of(client, "hotupdater").migrate();
        Database database = MongoBundleDatabase.create(client, "hotupdater");

        database.check();
        assertEquals(List.of(), database.bundles(RequestContext.none()).snapshot().bundles());
      }
    }
  }
}
