package dev.hotupdater.protocol.capacitor.ota;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.http.RateLimit;
import dev.hotupdater.protocol.capacitor.ota.OtaServer.Reply;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtaSignInTest {
  private static final String RIGHT = json(OtaServer.USER, OtaServer.PASSWORD);

  private OtaServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        OtaServer.start(directory, ota -> ota.signInLimit(RateLimit.of(3, Duration.ofHours(1))));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String json(String user, String password) {
    return "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}";
  }

  private Reply from(String address, String json) {
    return server.send(
        OtaServer.request("POST", "/api/auth/login", Map.of())
            .remoteAddress(() -> Optional.of(address))
            .body(new ByteArrayInputStream(json.getBytes(UTF_8)))
            .build());
  }

  @Test
  void signIn_isATokenForTheAdminRoutes() {
    Reply reply = server.login(RIGHT);

    assertEquals(200, reply.status());
    assertEquals("{\"token\":\"" + OtaServer.TOKEN + "\"}", reply.text());
    assertEquals("no-store", reply.header("Cache-Control"));
    assertEquals(200, server.admin("GET", "/api/ota/admin/ota/history").status());
    assertEquals(401, server.get("/api/ota/admin/ota/history").status());
  }

  @Test
  void unknownUserAndWrongPassword_areAnsweredTheSame() {
    Reply wrongPassword = server.login(json(OtaServer.USER, "secret-guess"));
    Reply unknownUser = server.login(json("nobody", OtaServer.PASSWORD));

    assertEquals(401, wrongPassword.status());
    assertEquals(401, unknownUser.status());
    assertEquals(wrongPassword.text(), unknownUser.text());
    assertEquals(wrongPassword.headers().first("Cache-Control"), Optional.of("no-store"));
    assertFalse(wrongPassword.text().contains("secret-guess"), wrongPassword.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "{\"username\":\"admin\"}",
        "{\"password\":\"secret-guess\"}",
        "{\"username\":\"admin\",\"password\":1}",
        "{\"username\":null,\"password\":\"secret-guess\"}",
        "{\"username\":\"admin\",\"password\":\"secret-guess\"",
        "{\"username\":\"admin\",\"username\":\"admin\",\"password\":\"secret-guess\"}"
      })
  void malformedBody_isABadRequest(String body) {
    Reply reply = server.login(body);

    assertEquals(400, reply.status(), reply.text());
    assertFalse(reply.text().contains("secret-guess"), reply.text());
  }

  @Test
  void largeBody_isTooLarge() {
    assertEquals(413, server.login(json("admin", "x".repeat(8 * 1024))).status());
  }

  @Test
  void attempts_fromOneAddress_areThrottled() {
    for (int i = 0; i < 3; i++) {
      assertEquals(401, server.login(json("user" + i, "x")).status());
    }

    Reply refused = server.login(RIGHT);

    assertEquals(429, refused.status());
    assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
    assertEquals("no-store", refused.header("Cache-Control"));
    assertEquals(200, from("192.0.2.2", RIGHT).status());
  }

  @Test
  void attempts_forOneUser_areThrottled() {
    assertEquals(401, from("192.0.2.2", json("admin", "x")).status());
    assertEquals(401, from("192.0.2.3", json("Admin", "x")).status());
    assertEquals(401, from("192.0.2.4", json(" admin", "x")).status());

    Reply refused = from("192.0.2.5", RIGHT);

    assertEquals(429, refused.status());
    assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
    assertEquals(401, from("192.0.2.6", json("other", "x")).status());
  }

  @Test
  void attempts_byDefault_areTenAtOnce(@TempDir Path directory) {
    try (OtaServer defaults = OtaServer.start(directory)) {
      int accepted = 0;
      while (defaults.login(json("admin", "x")).status() == 401 && accepted < 1000) {
        accepted++;
      }

      assertTrue(accepted >= 10 && accepted < 1000, "accepted " + accepted);
    }
  }
}
