package dev.hotupdater.protocol.capacitor;

import static dev.hotupdater.protocol.capacitor.CapgoServer.device;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.ConfigurationException;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.fixture.CountingReleaseDatabase;
import dev.hotupdater.http.Access;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the routes are, and who may use them how often. */
class CapgoRoutesTest {
  @TempDir Path directory;

  @Test
  void routes_areBelowThePathOfTheGroup() {
    try (CapgoServer server = server(CapgoRoutes.at("/capgo"))) {
      server.publish("1.2.0", CapgoServer.bundle());

      assertEquals(
          "1.2.0", server.post("/capgo/updates", device()).json().path("version").textValue());
      assertEquals(404, server.post("/updates", device()).status());
    }
  }

  @Test
  void updates_withGet_saysThatAllIsWell() {
    try (CapgoServer server = server(CapgoRoutes.at(""))) {
      assertEquals("{\"status\":\"ok\"}", server.send("GET", "/updates", "").text());
    }
  }

  @Test
  void clientThatAsksTooOften_isToldWhenToComeBack() {
    CapgoRoutes routes =
        CapgoRoutes.at("").rateLimited(CapgoRoutes.rateLimit(1, Duration.ofMinutes(1)));
    try (CapgoServer server = server(routes)) {
      ask(server);

      Answer refused = ask(server);

      assertEquals(429, refused.status());
      assertEquals("too_many_requests", refused.error());
      assertEquals("failed", refused.json().path("kind").textValue());
      assertTrue(refused.json().path("message").isTextual());
      int seconds = refused.json().path("retryAfterSeconds").intValue();
      assertTrue(seconds > 0 && seconds <= 60);
      assertEquals(Integer.toString(seconds), refused.headers().first("Retry-After").orElseThrow());
    }
  }

  private static Answer ask(CapgoServer server) {
    Map<String, String> client = Map.of("Authorization", "one client");
    return TestServer.send(server.server(), "POST", "/updates", client, device().toString());
  }

  @Test
  void groupThatIsNotForEverybody_letsNobodyElseIn() {
    CapgoRoutes routes =
        CapgoRoutes.at("")
            .requiresAccess(Access.custom(request -> request.rawQuery().equals("token=secret")));
    try (CapgoServer server = server(routes)) {
      assertEquals(401, server.post("/updates", device()).status());
      assertEquals(200, server.post("/updates?token=secret", device()).status());
    }
  }

  @Test
  void databaseThatRecordsNothingOfDevices_isFoundOutAtOnce() {
    assertThrows(
        ConfigurationException.class,
        () ->
            HotUpdater.builder()
                .database(new CountingReleaseDatabase())
                .routes(CapgoRoutes.at(""))
                .build());
  }

  private CapgoServer server(CapgoRoutes routes) {
    return new CapgoServer(directory, builder -> builder, routes);
  }
}
