package dev.hotupdater.examples.mongogcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.examples.server.Environment;
import dev.hotupdater.examples.server.ExampleClient;
import dev.hotupdater.examples.server.ExampleServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MongoGcsTest {
  @Test
  void server_onStandIns_publishesAndServesAnUpdate() throws Exception {
    try (ExampleServer server =
        ExampleServer.start(MongoGcs.create(), Environment.of(Map.of()), 0, ExampleClient.TOKEN)) {
      ExampleClient client = ExampleClient.of(server.url());

      assertEquals("an update", client.publishAndDownload("an update"));
      assertTrue(
          server.parts().stream().allMatch(part -> part.contains("is not set")),
          () -> String.valueOf(server.parts()));
    }
  }
}
