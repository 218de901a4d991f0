package dev.hotupdater.supabase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
  private static final RequestContext NONE = RequestContext.none();
  private static final StorageUri URI = new StorageUri("supabase-storage", "updates", "a.zip");
  private static final String ECHO = "echoed " + SupabaseServer.KEY + " token=abc";

  private final SupabaseServer server;
  private final SupabaseStorage storage;

  FailureTest() throws IOException {
    server = SupabaseServer.start();
    storage = server.storage().build();
    server.put("a.zip", new byte[10]);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Every kind of call, with the method and path that it uses. */
  static Stream<Arguments> calls() {
    return Stream.of(
        call("GET", "/bucket/", SupabaseStorage::check),
        call("POST", "/object/sign/", s -> s.downloadAddress(URI, NONE)),
        call("GET", "/object/authenticated/", s -> s.open(URI, ByteRange.ALL, NONE)),
        call("GET", "/object/authenticated/", s -> s.exists(URI, NONE)),
        call("POST", "/object/updates/", FailureTest::write),
        call("DELETE", "/object/", s -> s.delete(URI, NONE)),
        call("POST", "/object/list/", FailureTest::list));
  }

  private static Arguments call(String method, String path, Consumer<SupabaseStorage> call) {
    return arguments(method, path, call);
  }

  private static void write(SupabaseStorage storage) {
    storage.write(
        ObjectKey.of("a.zip"), new ByteArrayInputStream(new byte[3]), 3, "application/zip", NONE);
  }

  private static void list(SupabaseStorage storage) {
    try (var objects = storage.list("", NONE)) {
      assertTrue(objects.findFirst().isPresent());
    }
  }

  private void plan(int times, String method, String path, SupabaseServer.Fault fault) {
    for (int i = 0; i < times; i++) {
      server.plan(method, path, fault);
    }
  }

  private static String everything(Throwable problem) {
    StringWriter text = new StringWriter();
    problem.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void deniedKey_saysWhichKeyIsNeededAndDoesNotShowIt(
      String method, String path, Consumer<SupabaseStorage> call) {
    SupabaseStorage denied = server.storage().serviceRoleKey("wrong-key-12345").build();

    StorageException problem = assertThrows(StorageException.class, () -> call.accept(denied));

    assertTrue(String.valueOf(problem.getMessage()).contains("service_role"), problem.getMessage());
    assertFalse(problem instanceof StorageUnavailableException);
    assertFalse(everything(problem).contains("wrong-key-12345"));
    assertFalse(denied.toString().contains("wrong-key-12345"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 544, 429})
  void statusesThatPass_makeEveryCallUnavailable(int status) {
    calls()
        .forEach(
            arguments -> {
              String method = (String) arguments.get()[0];
              String path = (String) arguments.get()[1];
              @SuppressWarnings("unchecked")
              Consumer<SupabaseStorage> call = (Consumer<SupabaseStorage>) arguments.get()[2];
              plan(1, method, path, SupabaseServer.answer(status, "text/html", ECHO));
              SupabaseStorage once = server.storage().attempts(1).build();

              StorageException problem =
                  assertThrows(StorageUnavailableException.class, () -> call.accept(once));

              assertFalse(everything(problem).contains("echoed"));
            });
  }

  @ParameterizedTest
  @MethodSource("calls")
  void pageOfAProxy_isNoAnswerAndNotEchoed(
      String method, String path, Consumer<SupabaseStorage> call) {
    for (int status : List.of(200, 301, 400, 403, 404, 418)) {
      if (status == 200 && path.startsWith("/object/authenticated")) {
        continue; // There every body is an object.
      }
      plan(1, method, path, SupabaseServer.answer(status, "text/html", "<html>" + ECHO));

      StorageException problem = assertThrows(StorageException.class, () -> call.accept(storage));

      assertFalse(problem instanceof ObjectNotFoundException, problem::toString);
      assertFalse(problem instanceof StorageUnavailableException, problem::toString);
      assertFalse(everything(problem).contains("echoed"), problem::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void jsonOfAnotherShape_isNoAnswer(String method, String path, Consumer<SupabaseStorage> call) {
    if (path.startsWith("/object/authenticated")) {
      return;
    }
    plan(1, method, path, SupabaseServer.answer(200, "application/json", "{\"" + ECHO + "\":1}"));

    StorageException problem = assertThrows(StorageException.class, () -> call.accept(storage));

    assertTrue(String.valueOf(problem.getMessage()).contains("projectUrl"), problem.getMessage());
  }

  @Test
  void wrongBucket_isNamedByWhatAsksForIt() {
    SupabaseStorage wrong = server.storage().bucket("missing").build();
    StorageUri uri = new StorageUri("supabase-storage", "missing", "a.zip");

    for (Runnable call :
        List.<Runnable>of(
            wrong::check,
            () -> wrong.open(uri, ByteRange.ALL, NONE),
            () -> wrong.exists(uri, NONE),
            () -> write(wrong))) {
      StorageException problem = assertThrows(StorageException.class, call::run);
      assertFalse(problem instanceof ObjectNotFoundException, problem::toString);
      assertTrue(String.valueOf(problem.getMessage()).contains("bucket"), problem.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"The related resource does not exist", "The parent resource is not found"})
  void wrongBucket_onAnOlderServer_isNamedByAnUpload(String message) {
    String body =
        "{\"statusCode\":\"404\",\"error\":\"Not found\",\"message\":\"" + message + "\"}";
    plan(1, "POST", "/object/", SupabaseServer.answer(400, "application/json", body));

    StorageException problem = assertThrows(StorageException.class, () -> write(storage));

    assertTrue(String.valueOf(problem.getMessage()).contains("bucket"), problem::toString);
  }

  @Test
  void wrongPathOfTheApi_isNotTakenForAMissingObject() {
    SupabaseStorage wrong =
        server.storage().projectUrl(java.net.URI.create(server.url() + "/elsewhere")).build();

    StorageException problem = assertThrows(StorageException.class, () -> wrong.exists(URI, NONE));

    assertTrue(String.valueOf(problem.getMessage()).contains("projectUrl"), problem.getMessage());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void throttledTwice_isRepeatedUnlessItIsAnUpload(
      String method, String path, Consumer<SupabaseStorage> call) {
    plan(2, method, path, SupabaseServer.answer(429, "text/plain", "slow", "Retry-After", "0"));

    if (path.equals("/object/updates/")) {
      assertThrows(StorageUnavailableException.class, () -> call.accept(storage));
      assertEquals(1, server.calls().size());
    } else {
      call.accept(storage);
      assertEquals(3, server.calls().size());
    }
  }

  @Test
  void throttledAlways_endsAfterTheAttempts() {
    plan(9, "DELETE", "/object/", SupabaseServer.answer(503, "text/plain", "busy"));

    assertThrows(StorageUnavailableException.class, () -> storage.delete(URI, NONE));

    assertEquals(3, server.calls().size());
  }

  @Test
  void busyDatabase_isRepeatedThoughTheStatusOnTheWireIs400() {
    String body = "{\"statusCode\":\"503\",\"error\":\"acquiring_lock_timeout\",\"message\":\"m\"}";
    plan(1, "DELETE", "/object/", SupabaseServer.answer(400, "application/json", body));

    storage.delete(URI, NONE);

    assertEquals(2, server.calls().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"3600", "Fri, 31 Dec 2100 23:59:59 GMT"})
  void throttledForLong_isNotWaitedFor(String retryAfter) {
    plan(1, "DELETE", "/object/", SupabaseServer.answer(429, "a/b", "", "Retry-After", retryAfter));

    assertThrows(StorageUnavailableException.class, () -> storage.delete(URI, NONE));

    assertEquals(1, server.calls().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Fri, 31 Dec 1999 23:59:59 GMT", "soon"})
  void throttledUntilADatePastOrUnknown_isRepeated(String retryAfter) {
    plan(1, "DELETE", "/object/", SupabaseServer.answer(429, "a/b", "", "Retry-After", retryAfter));

    storage.delete(URI, NONE);

    assertEquals(2, server.calls().size());
  }

  @Test
  void connectionCutBeforeOrInTheAnswer_isRepeated() {
    server.plan("POST", "/object/sign/", exchange -> exchange.getRequestBody().readAllBytes());
    server.plan(
        "POST",
        "/object/sign/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('[');
          exchange.getResponseBody().flush();
          throw new IOException("The test cuts the connection here");
        });

    storage.downloadAddress(URI, NONE);

    assertEquals(3, server.calls().size());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void serverThatIsGone_isUnavailable(String method, String path, Consumer<SupabaseStorage> call) {
    server.close();

    assertThrows(StorageUnavailableException.class, () -> call.accept(storage));
  }

  @Test
  void oversizedAnswer_isGivenUp() {
    server.plan(
        "POST",
        "/object/list/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] much = " ".repeat(65536).getBytes(UTF_8);
          for (int i = 0; i < 100_000; i++) {
            exchange.getResponseBody().write(much);
          }
        });

    StorageException problem = assertThrows(StorageException.class, () -> list(storage));

    assertTrue(String.valueOf(problem.getMessage()).contains("more than"), problem.getMessage());
    assertEquals(1, server.calls().size());
  }

  @Test
  void oversizedRefusal_isReadOnlyAtItsStart() {
    server.plan(
        "GET",
        "/bucket/",
        exchange -> {
          exchange.sendResponseHeaders(400, 0);
          byte[] much = " ".repeat(65536).getBytes(UTF_8);
          for (int i = 0; i < 100_000; i++) {
            exchange.getResponseBody().write(much);
          }
        });

    assertThrows(StorageException.class, storage::check);
  }

  @Test
  void deleteAll_serviceThatIsDown_isNotAskedAgain() {
    List<StorageUri> uris =
        Stream.iterate(0, i -> i < 1001, i -> i + 1)
            .map(i -> new StorageUri("supabase-storage", "updates", "many/" + i))
            .toList();
    plan(1, "DELETE", "/object/", SupabaseServer.answer(500, "text/plain", ECHO));

    IncompleteDeletionException problem =
        assertThrows(IncompleteDeletionException.class, () -> storage.deleteAll(uris, NONE));

    assertTrue(problem.failures().keySet().containsAll(uris));
    assertEquals(1, server.calls().size());
  }

  @Test
  void deleteAll_ofMoreThanFitIntoACall_namesThoseOfTheFailedCall() {
    List<StorageUri> uris =
        Stream.iterate(0, i -> i < 1001, i -> i + 1)
            .map(i -> new StorageUri("supabase-storage", "updates", "many/" + i))
            .toList();
    uris.forEach(uri -> server.put(uri.key(), new byte[1]));
    plan(1, "DELETE", "/object/", SupabaseServer.answer(403, "text/plain", ECHO));

    IncompleteDeletionException problem =
        assertThrows(IncompleteDeletionException.class, () -> storage.deleteAll(uris, NONE));

    assertEquals(Set.copyOf(uris.subList(0, 500)), problem.failures().keySet());
    assertFalse(problem.failures().toString().contains("echoed"));
    assertEquals(3, server.calls().size());
    storage.deleteAll(uris, NONE);
    assertTrue(server.object("many/0").isEmpty());
  }

  @Test
  void interruptedCaller_staysInterrupted() {
    Thread.currentThread().interrupt();

    assertThrows(StorageUnavailableException.class, () -> storage.delete(URI, NONE));

    assertTrue(Thread.interrupted());
  }

  @Test
  void logs_tellOfRepetitionsAndShowNoSecret() {
    plan(1, "POST", "/object/sign/", SupabaseServer.answer(503, "text/html", ECHO));
    plan(1, "POST", "/object/sign/", exchange -> exchange.getRequestBody().readAllBytes());
    PrintStream before = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, UTF_8));
    try {
      storage.downloadAddress(URI, NONE);
    } finally {
      System.setErr(before);
    }
    String log = captured.toString(UTF_8);

    assertTrue(log.contains("503"), log);
    assertFalse(log.contains(SupabaseServer.KEY), log);
    assertFalse(log.contains("token"), log);
  }
}
