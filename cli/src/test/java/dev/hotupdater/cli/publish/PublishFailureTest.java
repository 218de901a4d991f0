package dev.hotupdater.cli.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command against a real server, when something goes wrong. */
class PublishFailureTest extends PublishTests {
  private static final int ALWAYS = Integer.MAX_VALUE;
  private static final String UPLOADS = "/files/";
  private static final String OTHER_KEY =
      "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

  private static final Patience NONE =
      new Patience(
          Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30), List.of());

  private long uploads() {
    return server.count("PUT", UPLOADS);
  }

  @Test
  void upload_thatIsCut_isTriedAgain() throws Exception {
    signed(DEB, "x".repeat(500_000));
    server.fault(1, "PUT", UPLOADS, TestServer.cutAfter(100_000));

    assertPublished(publish());

    assertTrue(err().contains("Uploading " + DEB + " failed: "), err());
    assertTrue(err().contains("Trying again in"), err());
    assertEquals(2, uploads());
  }

  @Test
  void upload_thatIsCutForGood_leavesADraftThatTheNextRunGoesOnWith() throws Exception {
    signed(APP_IMAGE, "an image");
    signed(DEB, "x".repeat(500_000));
    server.fault(ALWAYS, "PUT", "-deb", TestServer.cutAfter(100_000));

    assertFailed(
        publish(),
        "1 of 2 files did not get there",
        "Uploading " + DEB + " failed 3 times",
        "run the same command again");
    assertEquals("draft", release().path("state").asText());
    assertEquals(204, check("/linux/x86_64/appimage/1.0.0").statusCode());

    server.heal();
    long before = uploads();
    assertPublished(publish());
    assertEquals(before + 1, uploads());
    assertEquals(200, check("/linux/x86_64/deb/1.0.0").statusCode());
    assertEquals(200, check("/linux/x86_64/appimage/1.0.0").statusCode());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void upload_thatTheStorageHasNoTimeFor_isTriedAgain(int status) throws Exception {
    signed(DEB, "a package");
    server.fault(2, "PUT", UPLOADS, TestServer.answer(status, "<Code>SlowDown</Code>"));

    assertPublished(publish());

    assertEquals(3, uploads());
    assertTrue(err().contains("the server answered " + status), err());
  }

  @Test
  void upload_whoseAddressHasExpired_getsANewOne() throws Exception {
    signed(DEB, "a package");
    server.fault(1, "PUT", UPLOADS, TestServer.answer(403, "<Code>AccessDenied</Code>"));

    assertPublished(publish());

    assertEquals(2, server.count("POST", "/artifacts") - server.count("POST", "/complete"));
  }

  @Test
  void upload_whoseAddressesAreAllRefused_failsAndNamesWhoCanHelp() throws Exception {
    signed(DEB, "a package");
    server.fault(ALWAYS, "PUT", UPLOADS, TestServer.answer(403, "<Code>AccessDenied</Code>"));

    assertFailed(publish(), "does not take the address", "credentials of the storage");
    assertEquals(2, uploads());
  }

  @Test
  void upload_thatTheStorageDoesNotTake_failsAtOnce() throws Exception {
    signed(DEB, "a package");
    server.fault(
        ALWAYS,
        "PUT",
        UPLOADS,
        TestServer.answer(400, "{\"error\":\"no \\u001b[31msuch\\u0007\"}"));

    assertFailed(publish(), "Uploading " + DEB + " failed: the server answered 400: no");
    assertFalse(err().contains("\u001b"), err());
    assertEquals(1, uploads());
  }

  @Test
  void upload_thatStandsStill_isGivenUp() throws Exception {
    signed(DEB, "a package");
    CountDownLatch end = new CountDownLatch(1);
    server.fault(ALWAYS, "PUT", UPLOADS, exchange -> await(end));
    Patience impatient =
        new Patience(
            Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(300), List.of());

    assertFailed(publish(impatient), "the server does not answer");
    end.countDown();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /releases",
    "POST, /artifacts",
    "POST, /complete",
    "POST, /publish",
  })
  void request_whoseAnswerIsLost_isTriedAgainAndNotDoneTwice(String method, String path)
      throws Exception {
    signed(DEB, "a package");
    server.fault(1, method, path, server.loseAnswer());

    assertPublished(publish());

    assertTrue(err().contains("Trying again in"), err());
    assertEquals("published", release().path("state").asText());
    assertEquals(1, release().path("artifacts").size());
  }

  @Test
  void server_thatIsBusy_isAskedAgainAfterTheTimeItAsksFor() throws Exception {
    signed(DEB, "a package");
    server.fault(1, "POST", "/releases", TestServer.answer(429, "Retry-After", "1"));

    assertPublished(publish());

    assertTrue(err().contains("failed: the server answered 429. Trying again in 1.0 s"), err());
  }

  @Test
  void server_thatStaysAway_isSaid() throws Exception {
    signed(DEB, "a package");
    server.fault(ALWAYS, "POST", "/releases", TestServer.answer(503, "{\"error\":\"Later\"}"));

    assertFailed(
        publish(),
        "Creating the release 1.2.0 failed 3 times: the server answered 503: Later",
        "Run the same command again");
  }

  @ParameterizedTest
  @CsvSource({
    "401, Check the token",
    "403, may not publish this app",
    "404, Check --server and --app",
    "302, at another address",
    "400, the server answered 400: It said why",
  })
  void server_thatRefuses_isNotAskedAgain(int status, String advice) throws Exception {
    signed(DEB, "a package");
    server.fault(
        ALWAYS, "POST", "/releases", TestServer.answer(status, "{\"error\":\"It said why\"}"));

    assertFailed(publish(), "Creating the release 1.2.0 failed", advice);
    assertEquals(1, server.count("POST", "/releases"));
  }

  @Test
  void token_thatIsWrong_isSaid() throws Exception {
    signed(DEB, "a package");
    Path file = Files.writeString(directory.resolve("token"), "wrong");

    assertFailed(publish("--token-file", file.toString()), "401", "Check the token");
  }

  @Test
  void app_thatHasNoSlug_isSaid() throws Exception {
    signed(DEB, "a package");

    assertFailed(publish("--app", "com.example.other"), "404", "slug");
  }

  @Test
  void file_thatIsTooLarge_isRefusedBeforeAnythingIsSent() throws Exception {
    signed(APP_IMAGE, "an image");
    signed(DEB, "x".repeat(TestServer.MAX_ARTIFACT_BYTES + 1));

    assertFailed(publish(), "Announcing " + DEB + " failed", "413", "raise the limit");
    assertEquals(0, uploads());
  }

  @Test
  void signature_ofAnotherKey_isRefusedBeforeAnythingIsSent() throws Exception {
    signed(DEB, "a package");
    manage("PUT", "/keys", "{\"keys\":[{\"public_key\":\"" + OTHER_KEY + "\"}]}");

    assertFailed(publish(), "Announcing " + DEB + " failed", "the app has the key");
    assertEquals(0, uploads());
  }

  @Test
  void signature_ofOtherBytes_isRefusedAndNothingIsPublished() throws Exception {
    signed(APP_IMAGE, "an image");
    signed(DEB, "a package");
    Files.writeString(dist().resolve(DEB), "a packaqe");

    assertFailed(publish(), "Checking " + DEB + " failed", "422", "1 of 2 files");

    JsonNode release = release();
    assertEquals("draft", release.path("state").asText());
    assertEquals(204, check("/linux/x86_64/appimage/1.0.0").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Welcome</html>", "", "[]", "{\"id\":\"../../x\"}"})
  void answer_thatIsNoRelease_isSaid(String answer) throws Exception {
    signed(DEB, "a package");
    server.fault(ALWAYS, "POST", "/releases", TestServer.answer(200, answer));

    assertFailed(publish(), "something other than a release", "--server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"artifact_id\":\"a\",\"upload_url\":\"http://127.0.0.1/\"}",
        "{\"artifact_id\":\"0198c0de-abcd-7000-8000-000000000001\"}",
        "{\"artifact_id\":\"0198c0de-abcd-7000-8000-000000000001\",\"upload_url\":\"file:///etc/passwd\"}",
        "{\"artifact_id\":\"0198c0de-abcd-7000-8000-000000000001\",\"upload_url\":\"http://[broken?signature=4711\"}"
      })
  void answer_withoutAUsableAddress_isSaidWithoutTheAddress(String answer) throws Exception {
    signed(DEB, "a package");
    server.fault(ALWAYS, "POST", "/artifacts", TestServer.answer(200, answer));

    assertFailed(publish(), "no usable upload address");
    assertFalse(err().contains("signature=4711"), err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"upload_method\":\"P U T\"",
        "\"upload_headers\":{\"X-Key\":\"secret-4711\\n\"}",
        "\"upload_headers\":{\"X Key\":\"secret-4711\"}"
      })
  void answer_withWhatCannotBeSent_isSaidWithoutIt(String field) throws Exception {
    signed(DEB, "a package");
    server.fault(
        ALWAYS,
        "POST",
        "/artifacts",
        TestServer.answer(
            200,
            "{\"artifact_id\":\"0198c0de-abcd-7000-8000-000000000001\",\"upload_url\":\""
                + server.url()
                + "\","
                + field
                + "}"));

    assertFailed(publish(), "no usable upload address");
    assertFalse(err().contains("4711"), err());
  }

  @Test
  void answer_thatIsHuge_isNotReadToItsEnd() throws Exception {
    signed(DEB, "a package");
    server.fault(
        ALWAYS,
        "POST",
        "/releases",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[1 << 20];
          for (int i = 0; i < 200; i++) {
            exchange.getResponseBody().write(chunk);
          }
          exchange.close();
        });

    assertFailed(publish(NONE), "the answer has more than");
  }

  @Test
  void release_thatTheServerDoesNotShowYet_isLookedForAgain() throws Exception {
    signed(DEB, "a package");
    assertEquals(0, publish("--no-publish"), this::err);
    server.fault(1, "GET", "/releases", TestServer.answer(200, "[]"));

    assertPublished(publish());

    assertTrue(err().contains("Finding the release 1.2.0 failed"), err());
  }

  @Test
  void server_thatIsNotThere_isSaid() throws Exception {
    signed(DEB, "a package");
    server.close();

    assertFailed(publish(), "the server cannot be reached");
  }

  @Test
  void connection_thatOthersCanReadFrom_isWarnedOf() throws Exception {
    signed(DEB, "a package");

    publish(NONE, "--server", "http://127.0.0.2:" + server.url().getPort());

    assertTrue(err().contains("Warning: the connection is not protected"), err());
  }

  @Test
  void process_thatIsStopped_leavesADraftThatTheNextRunGoesOnWith() throws Exception {
    assumeTrue(
        !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win"),
        "Windows has no SIGTERM");
    signed(APP_IMAGE, "an image");
    signed(DEB, "x".repeat(500_000));
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    server.fault(
        ALWAYS,
        "PUT",
        "-deb",
        exchange -> {
          exchange.getRequestBody().readNBytes(1000);
          started.countDown();
          await(end);
        });
    Path output = directory.resolve("output.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hotupdater.cli.HotUpdaterCli",
                "publish"));
    command.addAll(args());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put(Token.VARIABLE, TestServer.TOKEN);
    Process process = builder.start();
    try {
      assertTrue(started.await(60, TimeUnit.SECONDS));
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
      end.countDown();
    }
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertTrue(printed.contains("run the same command again"), printed);
    assertFalse(printed.contains(TestServer.TOKEN), printed);
    assertFalse(process.exitValue() == 0);

    server.heal();
    assertPublished(publish());
    assertEquals(2, release().path("artifacts").size());
  }
}
