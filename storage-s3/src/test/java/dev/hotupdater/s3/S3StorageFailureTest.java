package dev.hotupdater.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What a storage says when S3 refuses or fails. */
class S3StorageFailureTest {
  private static S3Server server;

  @BeforeAll
  static void start() {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The failure of a call, and of an object that could not be deleted the reason. */
  private static String messageOf(Calls call, S3Storage storage) {
    StorageException failure = assertThrows(StorageException.class, () -> call.make(storage));
    assertFalse(failure instanceof ObjectNotFoundException, "not the same as missing");
    assertSafe(failure);
    return failure instanceof IncompleteDeletionException
        ? String.valueOf(((IncompleteDeletionException) failure).failures().get(Calls.uri(storage)))
        : String.valueOf(failure.getMessage());
  }

  /** Fails if anything that is printed of an exception tells a secret. */
  private static void assertSafe(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    for (String secret :
        List.of(
            ScriptedS3.SECRET,
            ScriptedS3.ACCESS_KEY,
            S3Server.SECRET,
            S3Server.ACCESS_KEY,
            "X-Amz-Signature",
            "AWS4-HMAC-SHA256")) {
      assertFalse(text.toString().contains(secret), "tells " + secret + " in " + text);
    }
  }

  @ParameterizedTest
  @EnumSource(Calls.class)
  void call_ofAMissingBucket_namesIt(Calls call) {
    try (S3Storage storage = server.storage().bucket("no-such-bucket").build()) {
      String message = messageOf(call, storage);

      assertTrue(message.contains("no bucket 'no-such-bucket'"), message);
    }
  }

  @ParameterizedTest
  @EnumSource(Calls.class)
  void call_withWrongCredentials_namesThePermission(Calls call) {
    try (S3Storage unknown = server.storage().credentials("AKIDOTHER", "wrong").build();
        S3Storage wrong = server.storage().credentials(S3Server.ACCESS_KEY, "wrong").build()) {
      for (S3Storage storage : List.of(unknown, wrong)) {
        String message = messageOf(call, storage);

        assertTrue(message.contains(call.permission()), message);
        assertTrue(message.contains("403"), message);
        assertFalse(message.contains("AKID"), message);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Calls.class)
  void call_thatIsUnauthorized_isDenied(Calls call) throws Exception {
    try (ScriptedS3 script = ScriptedS3.failing(401, "Unauthorized");
        S3Storage storage = script.storage().build()) {
      String message = messageOf(call, storage);

      assertTrue(message.contains(call.permission()), message);
    }
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
            Map.entry(503, "SlowDown"),
            Map.entry(500, "InternalError"),
            Map.entry(429, "TooManyRequests"),
            Map.entry(502, "BadGateway"),
            Map.entry(504, "GatewayTimeout"))
        .flatMap(
            trouble ->
                Stream.of(Calls.values())
                    .map(call -> Arguments.of(trouble.getKey(), trouble.getValue(), call)));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void call_thatFailsInPassing_isRepeatedAndThenUnavailable(int status, String code, Calls call)
      throws Exception {
    try (ScriptedS3 script = ScriptedS3.failing(status, code);
        S3Storage storage = script.storage().build()) {
      StorageException failure = assertThrows(StorageException.class, () -> call.make(storage));

      assertSafe(failure);
      assertEquals(2, script.requests().size(), script.requests()::toString);
      if (call == Calls.DELETE_ALL) {
        assertInstanceOf(IncompleteDeletionException.class, failure);
      } else {
        assertInstanceOf(StorageUnavailableException.class, failure);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Calls.class)
  void call_toTheWrongRegion_namesTheRightOne(Calls call) throws Exception {
    Map<String, String> region = Map.of("x-amz-bucket-region", "ap-south-1");
    try (ScriptedS3 script =
            ScriptedS3.answering(
                exchange -> ScriptedS3.error(exchange, 301, "PermanentRedirect", region));
        S3Storage storage = script.storage().build()) {
      String message = messageOf(call, storage);

      assertTrue(message.contains("'ap-south-1'"), message);
    }
  }

  @Test
  void call_signedForTheWrongRegion_saysSo() throws Exception {
    try (ScriptedS3 script = ScriptedS3.failing(400, "AuthorizationHeaderMalformed");
        S3Storage storage = script.storage().build()) {
      String message = messageOf(Calls.LIST, storage);

      assertTrue(message.contains("in another region"), message);
    }
  }

  /** Of a HEAD there is no body, and so no code. */
  @Test
  void check_inTheWrongRegion_namesTheRightOne() throws Exception {
    Map<String, String> region = Map.of("x-amz-bucket-region", "ap-south-1");
    try (ScriptedS3 script =
            ScriptedS3.answering(exchange -> ScriptedS3.error(exchange, 400, "", region));
        S3Storage storage = script.storage().build()) {
      String message = messageOf(Calls.CHECK, storage);

      assertTrue(message.contains("'ap-south-1'"), message);
    }
  }

  @Test
  void exists_whereItIsForbiddenToKnow_isNotFalse() throws Exception {
    try (ScriptedS3 script = ScriptedS3.failing(403, "AccessDenied");
        S3Storage storage = script.storage().build()) {
      assertThrows(StorageException.class, () -> storage.exists(Calls.URI, Calls.NONE));
    }
  }

  @Test
  void exists_ofSeveralMissingObjects_asksForTheBucketOnce() {
    try (S3Server own = S3Server.start();
        S3Storage storage = own.storage().build()) {
      assertFalse(storage.exists(Calls.URI, Calls.NONE));
      own.store().deleteBucket(S3Server.BUCKET);

      assertFalse(storage.exists(Calls.URI, Calls.NONE));
      assertThrows(StorageException.class, storage::check);
    }
  }

  @Test
  void deleteAll_ofWhichSomeAreRefused_namesThemAndDeletesTheRest() throws Exception {
    List<StorageUri> uris =
        IntStream.range(0, 1500).mapToObj(i -> new StorageUri("s3", "updates", "k/" + i)).toList();
    String refusals =
        "<DeleteResult><Error><Key>k/7</Key><Code>AccessDenied</Code><Message>m</Message></Error>"
            + "<Error><Key>k/8</Key><Code>InternalError</Code><Message>m</Message></Error>"
            + "<Error><Key>k/9</Key><Code>NoSuchKey</Code><Message>m</Message></Error>"
            + "</DeleteResult>";
    try (ScriptedS3 script =
        ScriptedS3.answering(
            exchange -> {
              boolean first = exchange.getRequestHeaders().getFirst("Content-length") != null;
              byte[] body = exchange.getRequestBody().readAllBytes();
              boolean hasSeven =
                  new String(body, StandardCharsets.UTF_8).contains("<Key>k/7</Key>");
              ScriptedS3.answer(exchange, 200, first && hasSeven ? refusals : "<DeleteResult/>");
            })) {
      try (S3Storage storage = script.storage().build()) {
        IncompleteDeletionException failure =
            assertThrows(
                IncompleteDeletionException.class, () -> storage.deleteAll(uris, Calls.NONE));

        assertEquals(
            Map.of(
                uris.get(7),
                "refused (AccessDenied); needs s3:DeleteObject",
                uris.get(8),
                "failed (InternalError)"),
            failure.failures());
        assertEquals(2, script.requests().size());
      }
    }
  }

  @Test
  void deleteAll_whenTheServiceIsDown_stopsTrying() throws Exception {
    List<StorageUri> uris =
        IntStream.range(0, 5000).mapToObj(i -> new StorageUri("s3", "updates", "k/" + i)).toList();
    try (ScriptedS3 script = ScriptedS3.failing(503, "SlowDown");
        S3Storage storage = script.storage().build()) {
      IncompleteDeletionException failure =
          assertThrows(
              IncompleteDeletionException.class, () -> storage.deleteAll(uris, Calls.NONE));

      assertEquals(5000, failure.failures().size());
      assertEquals(2, script.requests().size());
    }
  }

  @Test
  void list_thatNeverEnds_isRefused() throws Exception {
    String page =
        "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>same"
            + "</NextContinuationToken></ListBucketResult>";
    try (ScriptedS3 script =
            ScriptedS3.answering(exchange -> ScriptedS3.answer(exchange, 200, page));
        S3Storage storage = script.storage().build()) {
      String message = messageOf(Calls.LIST, storage);

      assertTrue(message.contains("without an end"), message);
      assertEquals(2, script.requests().size());
    }
  }

  @Test
  void open_ofARangeThatIsIgnored_isRefused() throws Exception {
    try (ScriptedS3 script =
            ScriptedS3.answering(exchange -> ScriptedS3.answer(exchange, 200, "whole"));
        S3Storage storage = script.storage().build()) {
      StorageException failure =
          assertThrows(
              StorageException.class,
              () -> storage.open(Calls.URI, new ByteRange(2, 2), Calls.NONE));

      assertTrue(String.valueOf(failure.getMessage()).contains("range"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<script>", "a b", "x\ny", ""})
  void call_answeredWithAnOddCode_leavesItOut(String code) throws Exception {
    try (ScriptedS3 script = ScriptedS3.failing(400, code.replace("<", "&lt;"));
        S3Storage storage = script.storage().build()) {
      String message = messageOf(Calls.OPEN, storage);

      assertTrue(message.contains("(400)"), message);
    }
  }

  @Test
  void call_withoutCredentials_saysWhatToCheck() {
    try (S3Storage storage =
        S3Storage.builder()
            .bucket("updates")
            .region("eu-central-1")
            .credentials(
                () -> {
                  throw SdkClientException.create("There are no credentials here");
                })
            .build()) {
      for (Calls call : Calls.values()) {
        assertTrue(messageOf(call, storage).contains("credentials"));
      }
      StorageException failure =
          assertThrows(
              StorageException.class, () -> storage.downloadAddress(Calls.URI, Calls.NONE));
      assertTrue(String.valueOf(failure.getMessage()).contains("credentials"));
    }
  }

  @Test
  void call_thatFails_logsNoSecret() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (ScriptedS3 script = ScriptedS3.failing(403, "SignatureDoesNotMatch");
        S3Storage storage = script.storage().build()) {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      for (Calls call : Calls.values()) {
        messageOf(call, storage);
      }
      storage.downloadAddress(Calls.URI, Calls.NONE);
    } finally {
      System.setErr(before);
    }
    String text = log.toString(StandardCharsets.UTF_8);
    for (String secret : List.of(ScriptedS3.SECRET, ScriptedS3.ACCESS_KEY, "X-Amz-Signature")) {
      assertFalse(text.contains(secret), text);
    }
  }
}
