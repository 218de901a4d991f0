package dev.hotupdater.protocol.nativeupdate;

import static dev.hotupdater.protocol.nativeupdate.NativeUpdateServer.APP;
import static dev.hotupdater.protocol.nativeupdate.NativeUpdateServer.DOCUMENTED;
import static dev.hotupdater.protocol.nativeupdate.NativeUpdateServer.PLUGIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.http.Access;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Downloads, confirmations, and who may ask. */
class NativeUpdateRoutesTest {
  private static final String BUNDLE = DOCUMENTED + "/bundles/1.0.0?appId=" + APP;
  private static final String CONFIRM = DOCUMENTED + "/updates/confirm";
  private static final String TOKEN = "a-token-of-many-characters";

  @TempDir private Path directory;
  private NativeUpdateServer server;

  @BeforeEach
  void start() {
    server =
        new NativeUpdateServer(
            directory,
            NativeUpdateRoutes.at("/native").allowOrigins(List.of("capacitor://localhost")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer send(String method, String target, Map<String, String> headers) {
    return server.send(method, target, headers, "");
  }

  private Answer confirm(String body) {
    return server.send("POST", CONFIRM, Map.of("Content-Type", "application/json"), body);
  }

  private static String confirmation(String version, String device, boolean success) {
    return "{\"appId\":\"%s\",\"version\":\"%s\",\"platform\":\"iOS\",\"success\":%s,\"deviceId\":\"%s\"}"
        .formatted(APP, version, success, device);
  }

  private static String header(Answer answer, String name) {
    return answer.headers().first(name).orElse("");
  }

  @Test
  void bundle_isSentWholeAndInParts() {
    server.publish("1.0.0", "0123456789");

    Answer whole = server.get(BUNDLE);
    assertEquals("0123456789", whole.text());
    assertEquals("application/zip", header(whole, "Content-Type"));
    assertEquals("bytes", header(whole, "Accept-Ranges"));
    assertEquals("public, max-age=31536000, immutable", header(whole, "Cache-Control"));
    String tag = header(whole, "ETag");
    Answer part = send("GET", BUNDLE, Map.of("Range", "bytes=4-", "If-Range", tag));
    assertEquals(206, part.status());
    assertEquals("456789", part.text());
    assertEquals("bytes 4-9/10", header(part, "Content-Range"));
    assertEquals(304, send("GET", BUNDLE, Map.of("If-None-Match", tag)).status());
    assertEquals(416, send("GET", BUNDLE, Map.of("Range", "bytes=10-")).status());
    assertEquals(200, send("HEAD", BUNDLE, Map.of()).status());
  }

  @Test
  void bundle_isNoPartOfAPage() {
    server.publish("1.0.0", "content");

    Answer answer = server.get(BUNDLE);

    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertEquals("default-src 'none'; sandbox", header(answer, "Content-Security-Policy"));
    assertEquals("DENY", header(answer, "X-Frame-Options"));
    assertEquals("no-referrer", header(answer, "Referrer-Policy"));
    assertEquals("cross-origin", header(answer, "Cross-Origin-Resource-Policy"));
  }

  @ParameterizedTest
  @CsvSource({"PUBLISHED, 200", "YANKED, 200", "REMOVED, 404"})
  void bundle_canBeDownloadedUntilItsBytesAreDeleted(ReleaseState state, int status) {
    Release release = server.publish("1.0.0", "content");
    server.change(release, each -> each.toBuilder().state(state).build());

    assertEquals(status, server.get(BUNDLE).status());
  }

  @Test
  void bundle_thatDoesNotExist_isNotFound() {
    server.publish("1.0.0", "content");

    assertEquals(404, server.get(PLUGIN + "/bundles/1.0.1").status());
    assertEquals(404, server.get(PLUGIN + "/bundles/..%2F..%2Fsecret").status());
    assertEquals(404, server.get(BUNDLE + "&channel=beta").status());
    assertEquals(404, server.get(PLUGIN + "/packages/1.0.0").status());
    assertEquals(404, server.get("/native/apps/com.other/bundles/1.0.0").status());
  }

  @Test
  void bundle_ofPrivateChannel_isNotFound() {
    server.publishOn("secret", "1.0.0", "private");
    assertEquals(200, server.get(BUNDLE + "&channel=secret").status());

    server.say("secret", ChannelSettings.PRIVATE);

    assertEquals(404, server.get(BUNDLE + "&channel=secret").status());
    assertEquals(404, server.get(PLUGIN + "/bundles/1.0.0?channel=secret").status());
  }

  @ParameterizedTest
  @CsvSource({"DRAFT, 404", "PUBLISHED, 202", "YANKED, 202", "REMOVED, 202"})
  void confirmation_ofVersionThatWasNeverPublished_isNotFound(ReleaseState state, int status) {
    server.publish(
        "1.0.0",
        server.artifact("any", "content", Optional.empty()),
        release -> release.state(state));

    assertEquals(status, confirm(confirmation("1.0.0", "a", true)).status());
  }

  @Test
  void confirmation_ofVersionOnPrivateChannel_isOfItsDevicesAlone() {
    server.publishOn("secret", "1.0.0", "private");
    server.say("secret", ChannelSettings.PRIVATE);
    String named = confirmation("1.0.0", "a", true).replace("{", "{\"channel\":\"secret\",");

    Answer unknown = confirm(confirmation("9.9.9", "a", true));
    for (String body : List.of(named, confirmation("1.0.0", "a", true))) {
      Answer answer = confirm(body);
      assertEquals(404, answer.status());
      assertEquals(unknown.text(), answer.text());
    }
    server.server().devices().assign(APP, DeviceKey.device("a"), "secret");
    assertEquals(202, confirm(named).status());
    assertEquals(202, confirm(confirmation("1.0.0", "a", true)).status());
  }

  @Test
  void confirmation_isOfTheChannelFirstThatTheDeviceWasGivenTo() {
    server.publish("1.0.0", "content");
    server.publishOn("secret", "1.0.0", "private");
    server.server().devices().assign(APP, DeviceKey.device("a"), "secret");

    confirm(confirmation("1.0.0", "a", true));

    server.server().devices().flush();
    assertEquals("secret", server.server().devices().counts(APP).get(0).channel());
  }

  @Test
  void confirmation_isCountedOncePerDevice() {
    Release release = server.publish("1.0.0", "content");

    assertEquals(202, confirm(confirmation("1.0.0", "A", true)).status());
    assertEquals(202, confirm(confirmation("1.0.0", "a", true)).status());
    assertEquals(202, confirm(confirmation("1.0.0", "B", false)).status());
    server.server().devices().flush();

    List<OutcomeCount> counts = server.server().devices().counts(APP);
    assertEquals(
        List.of(
            new OutcomeCount("stable", release.id(), "1.0.0", DeviceOutcome.FAILED, 1),
            new OutcomeCount("stable", release.id(), "1.0.0", DeviceOutcome.INSTALLED, 1)),
        counts.stream().sorted(Comparator.comparing(count -> count.outcome().name())).toList());
    assertTrue(server.server().devices().hasFailed(APP, "b", "1.0.0"));
  }

  @Test
  void confirmation_ofWhatIsNotThere_isNotFound() {
    server.publish("1.0.0", "content");

    assertEquals(404, confirm(confirmation("2.0.0", "a", true)).status());
    assertEquals(
        404, confirm(confirmation("1.0.0", "a", true).replace(APP.value(), "com.other")).status());
    assertEquals(List.of(), server.server().devices().counts(APP));
  }

  @Test
  void confirmation_ofVersionOnAnotherChannel_findsIt() {
    server.publish(
        "1.0.0",
        server.artifact("any", "content", Optional.empty()),
        release -> release.channel("beta"));

    assertEquals(202, confirm(confirmation("1.0.0", "a", true)).status());
    server.server().devices().flush();
    assertEquals("beta", server.server().devices().counts(APP).get(0).channel());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"version\":\"1.0.0\"', '\"x\":1', version",
    "'\"version\":\"1.0.0\"', '\"version\":1', version",
    "'\"platform\":\"iOS\"', '\"x\":1', platform",
    "'\"platform\":\"iOS\"', '\"platform\":\"\"', platform",
    "'\"success\":true', '\"x\":1', success",
    "'\"success\":true', '\"success\":\"true\"', success",
    "'\"deviceId\":\"a\"', '\"x\":1', deviceId",
    "'\"deviceId\":\"a\"', '\"deviceId\":\"\"', device_id",
    "'\"appId\":\"com.example.app\"', '\"x\":1', appId"
  })
  void confirmation_withOddField_namesIt(String field, String replacement, String named) {
    server.publish("1.0.0", "content");

    Answer answer = confirm(confirmation("1.0.0", "a", true).replace(field, replacement));

    assertEquals(400, answer.status(), answer.text());
    assertTrue(answer.error().contains("'" + named + "'"), answer.error());
  }

  @Test
  void confirmation_thatIsNoJson_isRefused() {
    assertEquals(400, confirm("").status());
    assertEquals(400, confirm("[]").status());
    assertEquals(400, confirm("{").status());
    assertEquals(413, confirm("\"" + "x".repeat(20_000) + "\"").status());
  }

  @Test
  void answers_areReadableByAllowedPagesAlone() {
    server.publish("1.0.0", "content");
    for (String target : List.of(BUNDLE, PLUGIN + "/check", CONFIRM.replace("confirm", "check"))) {
      Answer allowed = send("GET", target, Map.of("Origin", "capacitor://localhost"));
      assertEquals("capacitor://localhost", header(allowed, "Access-Control-Allow-Origin"), target);
      assertTrue(header(allowed, "Access-Control-Expose-Headers").contains("Content-Range"));
      assertTrue(header(allowed, "Vary").contains("Origin"));
      Answer other = send("GET", target, Map.of("Origin", "https://evil.example"));
      assertEquals("", header(other, "Access-Control-Allow-Origin"));
    }
    Answer refused = server.send("POST", CONFIRM, Map.of("Origin", "capacitor://localhost"), "{}");
    assertEquals(400, refused.status());
    assertEquals("capacitor://localhost", header(refused, "Access-Control-Allow-Origin"));
  }

  @Test
  void preflight_withAccess_isAnsweredWithoutCredentials(@TempDir Path other) {
    try (NativeUpdateServer one =
        new NativeUpdateServer(
            other,
            NativeUpdateRoutes.at("/native")
                .allowAnyOrigin()
                .requiresAccess(Access.bearerToken(TOKEN)))) {
      one.publish("1.0.0", "content");
      Answer preflight =
          one.send(
              "OPTIONS",
              CONFIRM,
              Map.of("Origin", "https://x.example", "Access-Control-Request-Method", "POST"),
              "");
      assertEquals(204, preflight.status());
      assertEquals("*", header(preflight, "Access-Control-Allow-Origin"));
      assertEquals("POST", header(preflight, "Access-Control-Allow-Methods"));
      assertTrue(header(preflight, "Access-Control-Allow-Headers").contains("Authorization"));
      assertEquals("", header(preflight, "Access-Control-Allow-Credentials"));

      assertEquals(401, one.get(BUNDLE).status());
      assertEquals(401, one.get(PLUGIN + "/check").status());
      assertEquals(401, one.send("POST", CONFIRM, Map.of(), "{}").status());
      Answer allowed = one.send("GET", BUNDLE, Map.of("Authorization", "Bearer " + TOKEN), "");
      assertEquals(200, allowed.status());
      assertEquals("private, max-age=31536000, immutable", header(allowed, "Cache-Control"));
    }
  }

  @Test
  void group_withoutAllowedPages_answersNoPreflight(@TempDir Path other) {
    try (NativeUpdateServer one = new NativeUpdateServer(other, NativeUpdateRoutes.at("/native"))) {
      assertEquals(404, one.send("OPTIONS", CONFIRM, Map.of(), "").status());
      Answer answer = one.send("GET", PLUGIN + "/check", Map.of("Origin", "https://x.example"), "");
      assertEquals("", header(answer, "Access-Control-Allow-Origin"));
    }
  }
}
