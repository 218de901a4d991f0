package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.database.Database;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.protocol.hotupdater.BundleRoutes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the Hot Updater routes answer on a database, from the first byte of a request to the last of
 * its answer. Extend it, beside {@link DatabaseContract}, for a database of your own: it shows that
 * clients see no difference between your database and the others.
 */
public abstract class HotUpdaterHttpContract {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TOKEN = "a-token-for-the-contract-tests";
  private static final String ID = "0199a000-0001-7000-8000-000000000001";
  private static final String NIL = "00000000-0000-0000-0000-000000000000";
  private static final int WRITERS = 8;

  private final List<HotUpdater> servers = new ArrayList<>();
  private HotUpdater server;

  /** Creates the test; the server is built before each test method. */
  @SuppressWarnings("NullAway.Init") // JUnit calls setUp before anything reads the field.
  protected HotUpdaterHttpContract() {}

  /**
   * Creates a database without any bundle, ready for use. It is asked for one before each test, and
   * by some tests for another one, which may be the same if it has been emptied.
   */
  protected abstract Database createDatabase() throws Exception;

  /** Disposes of what a test has used; does nothing unless it is overridden. */
  protected void dispose() throws Exception {}

  /** How decisions are kept up to date; the default is that of the library. */
  protected Freshness freshness() {
    return Freshness.polling();
  }

  @BeforeEach
  final void setUp() throws Exception {
    server = start(HotUpdater.builder().database(createDatabase()));
  }

  @AfterEach
  final void tearDown() throws Exception {
    servers.forEach(HotUpdater::close);
    dispose();
  }

  private HotUpdater start(HotUpdaterBuilder builder) {
    HotUpdater started =
        builder
            .basePath(NodeTranscript.BASE_PATH)
            .freshness(freshness())
            .routes(BundleRoutes.protectedBy(Access.bearerToken(TOKEN)))
            .build();
    servers.add(started);
    return started;
  }

  @TestFactory
  public Stream<DynamicTest> transcript_ofNodeServer_isAnsweredTheSame() throws Exception {
    NodeTranscript transcript = NodeTranscript.load();
    HotUpdater recorded =
        start(HotUpdater.builder().database(createDatabase()).storage(transcript.storage()));
    return transcript.exchanges().stream()
        .map(
            exchange -> DynamicTest.dynamicTest(exchange.name(), () -> replay(recorded, exchange)));
  }

  private static void replay(HotUpdater server, NodeTranscript.Exchange exchange) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    exchange.request().headers().forEach(headers::add);
    Answer answer =
        send(
            server,
            exchange.request().toBuilder()
                .headers(headers.set("Authorization", "Bearer " + TOKEN).build())
                .build());
    assertEquals(exchange.status(), answer.status(), () -> "status; body " + answer.text());
    assertEquals("application/json", answer.header("Content-Type"));
    assertTrue(
        exchange.expectation().isMetBy(answer.json()),
        () -> "expected " + exchange.expectation() + "\nbut was " + answer.text());
  }

  @Test
  public void publish_thenCheck_isVisibleAtOnce() {
    for (int i = 1; i <= 20; i++) {
      String id = String.format(Locale.ROOT, "0199a000-0001-7000-8000-%012d", i);
      assertEquals(201, send("POST", "/api/bundles", bundle(id)).status());
      assertEquals(id, check(NIL).json().path("id").asText());
    }
  }

  @Test
  public void patch_disablingTheNewest_rollsBackAtOnce() {
    String newer = ID.replace("0001-7", "0002-7");
    send("POST", "/api/bundles", bundle(ID));
    send("POST", "/api/bundles", bundle(newer));
    assertEquals(200, send("PATCH", "/api/bundles/" + newer, "{\"enabled\":false}").status());

    Answer answer = check(newer);

    assertEquals("ROLLBACK", answer.json().path("status").asText());
    assertEquals(ID, answer.json().path("id").asText());
    assertTrue(answer.json().path("shouldForceUpdate").booleanValue());
  }

  @Test
  public void patch_byManyWritersOfDifferentFields_losesNothing() throws Exception {
    send("POST", "/api/bundles", bundle(ID));
    inParallel(
        writer ->
            () ->
                send(
                        "PATCH",
                        "/api/bundles/" + ID,
                        "{\"metadata\":{\"writer" + writer + "\":" + writer + "}}")
                    .status(),
        200);

    JsonNode metadata = send("GET", "/api/bundles/" + ID, "").json().path("metadata");

    for (int writer = 0; writer < WRITERS; writer++) {
      assertEquals(writer, metadata.path("writer" + writer).asInt(-1), metadata::toString);
    }
  }

  @Test
  public void publish_byManyWriters_losesNothing() throws Exception {
    inParallel(
        writer ->
            () ->
                send(
                        "POST",
                        "/api/bundles",
                        bundle(String.format(Locale.ROOT, "0199a000-0001-7000-8000-%012d", writer)))
                    .status(),
        201);

    JsonNode listing = send("GET", "/api/bundles?limit=100", "").json();

    assertEquals(WRITERS, listing.path("pagination").path("total").asInt());
  }

  private interface Writing {
    Callable<Integer> by(int writer);
  }

  private static void inParallel(Writing writing, int expectedStatus) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        results.add(threads.submit(writing.by(writer)));
      }
      for (Future<Integer> result : results) {
        assertEquals(expectedStatus, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  public void publish_arrayWithOneInvalidBundle_storesNothing() {
    String invalid = bundle(ID.replace("0001-7", "0002-7")).replace("\"ios\"", "\"windows\"");

    Answer answer = send("POST", "/api/bundles", "[" + bundle(ID) + "," + invalid + "]");

    assertEquals(400, answer.status());
    assertTrue(answer.error().contains("platform"), answer::text);
    assertEquals(0, total());
  }

  @Test
  public void publish_patchOfUnknownBase_storesNothing() {
    String patched =
        bundle(ID)
            .replace(
                "\"channel\"",
                "\"patches\":[{\"baseBundleId\":\""
                    + ID.replace("0001-7", "0009-7")
                    + "\",\"baseFileHash\":\"a\",\"patchFileHash\":\"b\","
                    + "\"patchStorageUri\":\"s3://b/k\"}],\"channel\"");

    Answer answer = send("POST", "/api/bundles", patched);

    assertEquals(400, answer.status());
    assertTrue(answer.error().contains("patches[0].baseBundleId"), answer::text);
    assertEquals(0, total());
  }

  static Stream<String> invalidBodies() {
    String valid = bundle(ID);
    return Stream.of(
        "",
        "{",
        "null",
        "7",
        "\"text\"",
        "[[]]",
        "{}",
        valid + valid,
        valid.replace("}", ",\"enabled\":true}"),
        "[".repeat(100_000),
        "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000),
        valid.replace(ID, "not-a-uuid"),
        valid.replace(ID, NIL),
        valid.replace(ID, "x".repeat(100_000)),
        valid.replace("\"ios\"", "5"),
        valid.replace("\"enabled\":true", "\"enabled\":\"true\""),
        valid.replace("\"enabled\":true", "\"enabled\":null"),
        valid.replace("\"beta\"", "\"\""),
        valid.replace("\"beta\"", "\"" + "c".repeat(256) + "\""),
        valid.replace("\"beta\"", "\"be\\u0000ta\""),
        valid.replace("\"beta\"", "\"be\\ud800ta\""),
        valid.replace("\"https://cdn.test/bundle.zip\"", "\"bundle.zip\""),
        valid.replace("\"https://cdn.test/bundle.zip\"", "\"https:///bundle.zip\""),
        valid.replace("\"https://cdn.test/bundle.zip\"", "{\"a\":1}"),
        valid.replace("\"1.x\"", "null"),
        valid.replace("\"1.x\"", "\"  \""),
        valid.replace("\"1.x\"", "\"" + "1".repeat(20_000) + "\""),
        valid.replace("\"channel\"", "\"rolloutCohortCount\":1001,\"channel\""),
        valid.replace("\"channel\"", "\"rolloutCohortCount\":-1,\"channel\""),
        valid.replace("\"channel\"", "\"rolloutCohortCount\":0.5,\"channel\""),
        valid.replace("\"channel\"", "\"rolloutCohortCount\":1e400,\"channel\""),
        valid.replace("\"channel\"", "\"rolloutCohortCount\":" + "9".repeat(999) + ",\"channel\""),
        valid.replace("\"channel\"", "\"rolloutCohortCount\":\"5\",\"channel\""),
        valid.replace("\"channel\"", "\"targetCohorts\":\"qa\",\"channel\""),
        valid.replace("\"channel\"", "\"targetCohorts\":[1],\"channel\""),
        valid.replace("\"channel\"", "\"targetCohorts\":[\"0\"],\"channel\""),
        valid.replace("\"channel\"", "\"metadata\":[],\"channel\""),
        valid.replace("\"channel\"", "\"metadata\":{\"a\":[1e400]},\"channel\""),
        valid.replace("\"channel\"", "\"patches\":{},\"channel\""),
        valid.replace("\"channel\"", "\"patches\":[{}],\"channel\""));
  }

  @ParameterizedTest
  @MethodSource("invalidBodies")
  public void publish_invalidBody_is400AndStoresNothing(String body) {
    Answer answer = send("POST", "/api/bundles", body);

    assertEquals(400, answer.status(), answer::text);
    assertFalse(answer.error().isBlank());
    assertEquals(0, total());
  }

  @ParameterizedTest
  @MethodSource("invalidBodies")
  public void change_invalidBody_isRefusedOrHarmless(String body) {
    send("POST", "/api/bundles", bundle(ID));

    Answer answer = send("PATCH", "/api/bundles/" + ID, body);

    // A whole bundle with one wrong field is a valid change only if the field is not looked at.
    assertTrue(answer.status() == 400 || body.equals("{}"), answer::text);
    assertEquals("beta", send("GET", "/api/bundles/" + ID, "").json().path("channel").asText());
  }

  @Test
  public void publish_bodyOverTheLimit_is413() {
    String huge = bundle(ID).replace("\"1.x\"", "\"" + "x".repeat(5 * 1024 * 1024) + "\"");

    Answer answer = send("POST", "/api/bundles", huge);

    assertEquals(413, answer.status());
    assertEquals(0, total());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app-version/windows/1.0.0/beta/" + NIL + "/" + NIL,
        "/app-version/ios//beta/" + NIL + "/" + NIL,
        "/app-version/ios/1.0.0/beta/x/" + NIL,
        "/app-version/ios/1.0.0/beta/" + NIL + "/x",
        "/app-version/ios/1.0.0/%zz/" + NIL + "/" + NIL,
        "/app-version/ios/1.0.0/%ff/" + NIL + "/" + NIL,
        "/app-version/ios/1.0.0/be%00ta/" + NIL + "/" + NIL,
        "/app-version/ios/1.0.0/beta/" + NIL + "/" + NIL + "/%",
        "/fingerprint/ios/%c3%28/beta/" + NIL + "/" + NIL
      })
  public void check_badParameter_is400ThatNamesIt(String path) {
    Answer answer = send("GET", path, "");

    assertEquals(400, answer.status(), answer::text);
    assertFalse(answer.error().isBlank());
  }

  @Test
  public void check_odd_butValidText_is200() {
    for (String odd :
        List.of("..", "%2e%2e%2f", "1".repeat(5_000), "%F0%9F%98%80", "'%20or%201=1")) {
      Answer answer =
          send(
              "GET", "/app-version/ios/" + odd + "/" + odd + "/" + NIL + "/" + NIL + "/" + odd, "");
      assertEquals(200, answer.status(), answer::text);
      assertEquals("null", answer.text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=abc",
        "limit=",
        "limit=1.5",
        "limit=99999999999999999999",
        "page=0",
        "page=-1",
        "page=x",
        "offset=0",
        "enabled=yes",
        "enabled=",
        "platform=web",
        "idEq=x",
        "idGt=x",
        "idGte=x",
        "idLt=x",
        "idLte=x",
        "idIn=x",
        "after=x",
        "before=x",
        "targetAppVersionNotNull=1",
        "channel=%zz",
        "channel=%00"
      })
  public void list_badParameter_is400ThatNamesIt(String query) {
    Answer answer = send("GET", "/api/bundles?" + query, "");

    assertEquals(400, answer.status(), answer::text);
    String name = query.substring(0, query.indexOf('='));
    assertTrue(answer.error().contains(name), answer::text);
  }

  @Test
  public void management_withoutOrWithWrongCredentials_is401WhateverItAsks() {
    send("POST", "/api/bundles", bundle(ID));
    List<Executable> checks = new ArrayList<>();
    for (String authorization :
        List.of("", "Bearer", "Bearer wrong", "Basic " + TOKEN, "Bearer " + TOKEN + "x")) {
      for (String[] request :
          new String[][] {
            {"GET", "/api/bundles"},
            {"GET", "/api/bundles/" + ID},
            {"GET", "/api/bundles/unknown"},
            {"HEAD", "/api/bundles/channels"},
            {"POST", "/api/bundles"},
            {"PATCH", "/api/bundles/" + ID},
            {"DELETE", "/api/bundles/" + ID}
          }) {
        Answer answer =
            send(
                server,
                request(request[0], request[1], "{", Map.of("Authorization", authorization)));
        checks.add(() -> assertEquals(401, answer.status()));
        checks.add(() -> assertEquals("{\"error\":\"Unauthorized\"}", answer.text()));
      }
    }
    assertAll(checks);
    assertEquals(1, total());
  }

  @Test
  public void management_notMounted_is404() throws Exception {
    HotUpdater plain =
        HotUpdater.builder().database(createDatabase()).basePath("/hot-updater").build();
    servers.add(plain);

    assertEquals(404, send(plain, request("GET", "/api/bundles", "", Map.of())).status());
    assertEquals(404, send(plain, request("POST", "/api/bundles", bundle(ID), Map.of())).status());
  }

  @Test
  public void change_withStaleEntityTag_is412AndChangesNothing() {
    send("POST", "/api/bundles", bundle(ID));
    String stale = send("GET", "/api/bundles/" + ID, "").header("ETag");
    assertEquals(200, patch("{\"message\":\"first\"}", stale).status());

    assertEquals(412, patch("{\"message\":\"second\"}", stale).status());
    assertEquals(412, delete(stale).status());

    Answer current = send("GET", "/api/bundles/" + ID, "");
    assertEquals("first", current.json().path("message").asText());
    assertEquals(200, patch("{\"message\":\"third\"}", current.header("ETag")).status());
    assertEquals(200, patch("{\"message\":\"fourth\"}", "*").status());
    String fresh = send("GET", "/api/bundles/" + ID, "").header("ETag");
    assertEquals(200, delete("\"other\", " + fresh).status());
    assertEquals(0, total());
  }

  @Test
  public void get_withCurrentEntityTag_is304WithoutBody() {
    send("POST", "/api/bundles", bundle(ID));
    String tag = send("GET", "/api/bundles/" + ID, "").header("ETag");

    Answer answer =
        send(
            server,
            request(
                "GET",
                "/api/bundles/" + ID,
                "",
                Map.of("Authorization", "Bearer " + TOKEN, "If-None-Match", "\"other\", " + tag)));

    assertEquals(304, answer.status());
    assertEquals("", answer.text());
    assertEquals(tag, answer.header("ETag"));
  }

  @Test
  public void head_isAnsweredLikeGet() {
    send("POST", "/api/bundles", bundle(ID));
    for (String path :
        List.of("/version", "/api/bundles", "/app-version/ios/1.0.0/beta/" + NIL + "/" + NIL)) {
      Answer get = send("GET", path, "");
      Answer head = send("HEAD", path, "");
      assertEquals(200, head.status());
      assertEquals(get.text().length(), head.text().length());
    }
  }

  @Test
  public void path_outsideTheRoutes_is404() {
    for (String path :
        List.of("", "/", "/api", "/api/bundles/a/b", "/versionX", "//version", "/version//")) {
      Answer answer = send("GET", path, "");
      assertEquals(404, answer.status(), path);
      assertEquals("{\"error\":\"Not found\"}", answer.text());
    }
    assertEquals(404, send("PUT", "/api/bundles", "{}").status());
  }

  private int total() {
    return send("GET", "/api/bundles", "").json().path("pagination").path("total").asInt(-1);
  }

  private Answer check(String bundleId) {
    return send("GET", "/app-version/ios/1.0.0/beta/" + NIL + "/" + bundleId, "");
  }

  private Answer patch(String body, String ifMatch) {
    return conditional("PATCH", body, ifMatch);
  }

  private Answer delete(String ifMatch) {
    return conditional("DELETE", "", ifMatch);
  }

  private Answer conditional(String method, String body, String ifMatch) {
    return send(
        server,
        request(
            method,
            "/api/bundles/" + ID,
            body,
            Map.of("Authorization", "Bearer " + TOKEN, "If-Match", ifMatch)));
  }

  private Answer send(String method, String path, String body) {
    return send(server, request(method, path, body, Map.of("Authorization", "Bearer " + TOKEN)));
  }

  private static HttpRequest request(
      String method, String path, String body, Map<String, String> headers) {
    int query = path.indexOf('?');
    HttpHeaders.Builder fields = HttpHeaders.builder();
    headers.forEach(fields::add);
    return HttpRequest.builder(
            method, NodeTranscript.BASE_PATH + (query < 0 ? path : path.substring(0, query)))
        .rawQuery(query < 0 ? "" : path.substring(query + 1))
        .headers(fields.build())
        .body(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  private static Answer send(HotUpdater server, HttpRequest request) {
    HttpResponse response = server.handle(request);
    try (var body = response.body()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      body.writeTo(bytes);
      return new Answer(
          response.status(), response.headers(), bytes.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String bundle(String id) {
    return "{\"id\":\""
        + id
        + "\",\"platform\":\"ios\",\"shouldForceUpdate\":false,\"enabled\":true,"
        + "\"fileHash\":\"hash\",\"storageUri\":\"https://cdn.test/bundle.zip\","
        + "\"channel\":\"beta\",\"targetAppVersion\":\"1.x\"}";
  }

  private record Answer(int status, HttpHeaders headers, String text) {
    JsonNode json() {
      try {
        return MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        throw new AssertionError("Not JSON: " + text, e);
      }
    }

    String header(String name) {
      return headers.first(name).orElse("");
    }

    String error() {
      return json().path("error").asText("");
    }
  }
}
