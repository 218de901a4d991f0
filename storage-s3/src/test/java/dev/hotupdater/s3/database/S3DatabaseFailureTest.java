package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.MetadataSamples.bundle;
import static dev.hotupdater.s3.database.MetadataSamples.bundles;
import static dev.hotupdater.s3.database.MetadataSamples.byId;
import static dev.hotupdater.s3.database.MetadataSamples.delete;
import static dev.hotupdater.s3.database.MetadataSamples.put;
import static dev.hotupdater.s3.database.MetadataSamples.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Stores that refuse, hang, break off or do not do what they should. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3DatabaseFailureTest {
  private static final String BUCKET = "updates";

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<String> created = ConcurrentHashMap.newKeySet();
  private HttpServer server;
  private ExecutorService threads;
  private S3Client client;

  @BeforeEach
  void startServer() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.start();
    client =
        MetadataServer.clientOf(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
            .build();
  }

  @AfterEach
  void stopServer() {
    stopped.countDown();
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private S3Database database() {
    return S3Database.builder(client, BUCKET).build();
  }

  /** Answers one request. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private void answer(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            answer.to(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("ETag", "\"etag\"");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String error(String code) {
    return "<Error><Code>" + code + "</Code><Message>Not today.</Message></Error>";
  }

  private static void assertTellsNoSecret(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    assertFalse(text.toString().contains(MetadataServer.SECRET));
    assertFalse(text.toString().contains("Signature="));
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, false, s3:GetObject",
    "501, NotImplemented, false, conditional writes",
    "403, SignatureDoesNotMatch, false, credentials",
    "403, InvalidAccessKeyId, false, credentials",
    "404, NoSuchBucket, false, Create it",
    "301, PermanentRedirect, false, region",
    "400, AuthorizationHeaderMalformed, false, region",
    "400, InvalidRequest, false, See the cause",
    "429, TooManyRequests, true, Try again",
    "503, SlowDown, true, Try again",
    "500, InternalError, true, Try again",
    "400, RequestTimeout, true, Try again"
  })
  void refusal_saysWhatToDo(int status, String code, boolean passes, String advice) {
    answer(exchange -> send(exchange, status, error(code)));

    for (DatabaseException e :
        List.of(
            assertThrows(DatabaseException.class, () -> database().check()),
            assertThrows(DatabaseException.class, () -> store(database()).snapshot()),
            assertThrows(DatabaseException.class, () -> store(database()).revision()))) {
      assertEquals(passes, e instanceof DatabaseUnavailableException, e::toString);
      assertTrue(String.valueOf(e.getMessage()).contains(advice), e::toString);
      assertTrue(String.valueOf(e.getMessage()).contains(BUCKET), e::toString);
      assertTellsNoSecret(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"PUT, s3:PutObject", "list, s3:ListBucket"})
  void refusal_namesTheMissingPermission(String refused, String permission) {
    answer(
        exchange -> {
          boolean isList = String.valueOf(exchange.getRequestURI()).contains("list-type");
          if (refused.equals(isList ? "list" : exchange.getRequestMethod())) {
            send(exchange, 403, error("AccessDenied"));
          } else {
            send(exchange, 404, error("NoSuchKey"));
          }
        });

    DatabaseException e =
        assertThrows(
            DatabaseException.class,
            () -> {
              if (refused.equals("list")) {
                store(database()).fingerprint();
              } else {
                put(database(), bundle(1, "1.x"));
              }
            });

    assertTrue(String.valueOf(e.getMessage()).contains(permission), e::toString);
  }

  @Test
  void storeThatHangs_isUnavailableInTime() {
    answer(exchange -> stopped.await());
    S3Database hanging =
        S3Database.builder(client, BUCKET).requestTimeout(Duration.ofMillis(200)).build();

    for (DatabaseException e :
        List.of(
            assertThrows(DatabaseException.class, hanging::check),
            assertThrows(DatabaseException.class, () -> bundles(hanging)),
            assertThrows(DatabaseException.class, () -> put(hanging, bundle(1, "1.x"))))) {
      assertInstanceOf(DatabaseUnavailableException.class, e);
      assertTellsNoSecret(e);
    }
  }

  @Test
  void storeThatIsNotThere_isUnavailable() {
    server.stop(0);

    assertThrows(DatabaseUnavailableException.class, () -> database().check());
    assertThrows(DatabaseUnavailableException.class, () -> put(database(), bundle(1, "1.x")));
  }

  @Test
  void answerThatBreaksOff_isUnavailable() {
    answer(
        exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"etag\"");
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });

    assertThrows(DatabaseUnavailableException.class, () -> database().check());
  }

  @Test
  void answerThatDrips_isUnavailableInTime() {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (!stopped.await(10, TimeUnit.MILLISECONDS)) {
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
          }
        });
    S3Database dripping =
        S3Database.builder(client, BUCKET).requestTimeout(Duration.ofMillis(300)).build();

    DatabaseException e =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> assertThrows(DatabaseException.class, dripping::check));

    assertInstanceOf(DatabaseUnavailableException.class, e);
  }

  @Test
  void journalThatIsDamagedOrNewer_isRefused() {
    answer(exchange -> send(exchange, 200, "{\"format\":2}"));
    assertThrows(SchemaException.class, () -> database().check());
    server.removeContext("/");

    answer(exchange -> send(exchange, 200, "[\"what is this\"]"));
    DatabaseException e = assertThrows(DatabaseException.class, () -> database().check());

    assertTrue(String.valueOf(e.getMessage()).contains(".hotupdater/journal.json"), e::toString);
  }

  @Test
  void storeThatIgnoresConditions_isRefusedForWriting() {
    answer(
        exchange -> {
          boolean isGet = exchange.getRequestMethod().equals("GET");
          send(exchange, isGet ? 404 : 200, isGet ? error("NoSuchKey") : "");
        });

    DatabaseException e =
        assertThrows(DatabaseException.class, () -> put(database(), bundle(1, "1.x")));

    assertTrue(String.valueOf(e.getMessage()).contains("conditional writes"), e::toString);
  }

  @ParameterizedTest
  @CsvSource({"501, NotImplemented", "400, NotImplemented", "400, InvalidArgument"})
  void storeThatKnowsNoConditions_isRefusedForWriting(int status, String code) {
    List<String> deleted = new CopyOnWriteArrayList<>();
    answer(
        exchange -> {
          String method = exchange.getRequestMethod();
          if (method.equals("DELETE")) {
            deleted.add(exchange.getRequestURI().getPath());
            send(exchange, 204, "");
          } else if (exchange.getRequestHeaders().containsKey("If-Match")) {
            send(exchange, status, error(code));
          } else if (method.equals("PUT")) {
            boolean isFirst = created.add(exchange.getRequestURI().getPath());
            send(exchange, isFirst ? 200 : 412, "");
          } else {
            send(exchange, 404, error("NoSuchKey"));
          }
        });

    DatabaseException e =
        assertThrows(DatabaseException.class, () -> put(database(), bundle(1, "1.x")));

    assertFalse(e instanceof DatabaseUnavailableException, e::toString);
    assertTrue(String.valueOf(e.getMessage()).contains("conditional writes"), e::toString);
    assertEquals(List.copyOf(created), deleted, "the probe object is left behind");
  }

  @Test
  void storeThatKnowsNoConditionsOfDeletions_keepsAnEmptyArray() throws Exception {
    try (MetadataServer real = MetadataServer.start()) {
      MetadataTestBucket bucket = real.bucket();
      S3Database database = bucket.database(new UnknownConditionsOfDeletes());
      put(database, bundle(1, "1.x"), bundle(2, "2.x"));

      delete(database, 1);

      assertEquals("[]", bucket.read("production/ios/1.x/update.json").strip());
      assertFalse(bucket.keys().toString().contains("probe-"), () -> "" + bucket.keys());
    }
  }

  /** Without conditions on deletion, somebody else's write could be deleted. */
  @Test
  void storeThatIgnoresConditionsOfDeletions_keepsAnEmptyArray() throws Exception {
    try (MetadataServer real = MetadataServer.start()) {
      MetadataTestBucket bucket = real.bucket();
      S3Database database = bucket.database(new UnconditionalDeletes());
      put(database, bundle(1, "1.x"), bundle(2, "2.x"));

      delete(database, 1);

      assertEquals("[]", bucket.read("production/ios/1.x/update.json").strip());
      assertEquals("[\"2.x\"]", bucket.read("production/ios/target-app-versions.json").strip());
      assertEquals(byId(List.of(bundle(2, "2.x"))), bundles(bucket.database()));
      put(database, bundle(1, "1.x"));
      assertEquals(byId(List.of(bundle(1, "1.x"), bundle(2, "2.x"))), bundles(database));
    }
  }

  @Test
  void journalThatOthersKeepChanging_isGivenUpInTime() throws Exception {
    try (MetadataServer real = MetadataServer.start()) {
      MetadataTestBucket bucket = real.bucket();
      S3Database database =
          bucket.builder(new RefusedJournal()).commitTimeout(Duration.ofMillis(300)).build();

      DatabaseException e =
          assertThrows(DatabaseUnavailableException.class, () -> put(database, bundle(1, "1.x")));

      assertTrue(String.valueOf(e.getMessage()).contains("300 ms"), e::toString);
      assertEquals(byId(List.of()), bundles(bucket.database()));
    }
  }
}
