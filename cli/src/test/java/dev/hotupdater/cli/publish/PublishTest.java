package dev.hotupdater.cli.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.cli.publish.TestServer.Seen;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command against a real server, when nothing goes wrong on the way. */
class PublishTest extends PublishTests {
  private static final Patience USUAL = Patience.usual();

  @Test
  void publish_ofABuild_isOfferedToClientsWithTheRightBytesAndSignatures() throws Exception {
    signed(DEB, "a package");
    signed(APP_IMAGE, "an image");
    signed(MAC_OS, "an app");

    assertPublished(publish("--notes", "Better."));

    for (Map.Entry<String, String> each :
        Map.of(
                "/linux/x86_64/deb/1.1.0", "a package",
                "/linux/x86_64/appimage/1.1.0", "an image",
                "/linux/x86_64/1.1.0", "an image",
                "/darwin/aarch64/1.1.0", "an app")
            .entrySet()) {
      JsonNode update = json(check(each.getKey()));
      assertEquals("1.2.0", update.path("version").asText());
      assertEquals("Better.", update.path("notes").asText());
      assertEquals(
          signer.sign(each.getValue(), "1.2.0"), update.path("signature").asText(), each.getKey());
      assertEquals(each.getValue(), get(URI.create(update.path("url").asText())).body());
    }
    assertEquals(204, check("/windows/x86_64/1.1.0").statusCode());
    assertEquals(204, check("/darwin/aarch64/1.2.0").statusCode());
  }

  @Test
  void publish_showsWhatItDoes() throws Exception {
    signed(DEB, "a package");
    Files.writeString(dist().resolve("latest.json"), "{}");

    assertPublished(publish());

    assertTrue(out().contains("linux-x86_64-deb-file  " + DEB + "  9 bytes  SHA-256 "), out());
    assertTrue(out().contains("left out: latest.json"), out());
    assertEquals(List.of(DEB + ": uploading 9 bytes", DEB + ": done"), err().lines().toList());
  }

  @Test
  void publish_token_isSentToTheServerAndNotToTheStorage() throws Exception {
    signed(DEB, "a package");

    assertPublished(publish());

    for (Seen request : server.seen()) {
      boolean isUpload = request.method().equals("PUT") && !request.path().contains("/apps/");
      assertEquals(!isUpload, request.hasAuthorization(), request.path());
    }
    assertEquals(1, server.seen().stream().filter(each -> !each.hasAuthorization()).count());
  }

  @Test
  void notes_withAnything_arriveAsTheyAre() throws Exception {
    signed(DEB, "a package");
    String notes = "He said \"1.2\", \\o/ 'x' \t\n{\"mandatory\":true} – ✓ 😀 $(rm) `id`";

    assertPublished(publish("--notes", notes));

    assertEquals(notes, release().path("notes").asText());
    assertFalse(release().path("mandatory").asBoolean());
  }

  @Test
  void notesFile_isReadAsUtf8() throws Exception {
    signed(DEB, "a package");
    Path file = Files.writeString(directory.resolve("notes.md"), "# Größer\n\nUnd besser.\n");

    assertPublished(publish("--notes-file", file.toString()));

    assertEquals("# Größer\n\nUnd besser.", release().path("notes").asText());
  }

  @Test
  void options_ofTheRelease_arrive() throws Exception {
    signed(DEB, "a package");

    assertPublished(publish("--channel", "beta", "--rollout", "250", "--mandatory"));

    JsonNode release = release();
    assertEquals("beta", release.path("channel").asText());
    assertEquals(250, release.path("rollout").asInt());
    assertTrue(release.path("mandatory").asBoolean());
    assertEquals("published", release.path("state").asText());
    JsonNode artifact = release.path("artifacts").get(0);
    assertEquals(DEB, artifact.path("file_name").asText());
    assertEquals("ready", artifact.path("state").asText());
  }

  @Test
  void channelOptionLeftOut_findsTheReleaseOfTheUsualChannel() throws Exception {
    signed(DEB, "a package");
    assertPublished(publish("--channel", "beta"));
    assertPublished(publish());

    assertEquals(0, publish(), this::err);

    assertTrue(out().contains("already published"), out());
    assertEquals(2, manage("GET", "/releases", "").size());
  }

  @Test
  void publish_again_findsThatItIsPublishedAndSendsNothing() throws Exception {
    signed(DEB, "a package");
    signed(APP_IMAGE, "an image");
    assertPublished(publish());
    long requests = server.seen().stream().filter(each -> !each.method().equals("GET")).count();

    assertEquals(0, publish(), this::err);

    assertTrue(out().contains("is already published with these files"), out());
    // The attempt to create it, which is how it finds out.
    assertEquals(
        requests + 1, server.seen().stream().filter(each -> !each.method().equals("GET")).count());
  }

  @Test
  void publish_otherFilesUnderAPublishedVersion_fails() throws Exception {
    signed(DEB, "a package");
    signed(APP_IMAGE, "an image");
    assertPublished(publish());
    signed(DEB, "another package");
    signed(MAC_OS, "an app");

    assertFailed(
        publish(), "published already", "publish a new version", DEB + ": ", MAC_OS + ": ");
    assertFalse(err().contains(APP_IMAGE), err());
    assertEquals("1.2.0", json(check("/linux/x86_64/deb/1.0.0")).path("version").asText());
  }

  @Test
  void noPublish_leavesADraftThatTheNextRunPublishesWithoutSendingItAgain() throws Exception {
    signed(DEB, "a package");
    assertEquals(0, publish("--no-publish"), this::err);
    assertTrue(out().contains("is a draft"), out());
    assertEquals(204, check("/linux/x86_64/deb/1.0.0").statusCode());
    long uploads = uploads();
    signed(APP_IMAGE, "an image");

    assertPublished(publish());

    assertEquals(uploads + 1, uploads());
    assertEquals(2, release().path("artifacts").size());
    assertEquals(200, check("/linux/x86_64/deb/1.0.0").statusCode());
  }

  private long uploads() {
    return server.seen().stream()
        .filter(each -> each.method().equals("PUT") && !each.path().contains("/apps/"))
        .count();
  }

  @Test
  void draftWithOtherNotes_keepsThemAndSaysSo() throws Exception {
    signed(DEB, "a package");
    assertEquals(0, publish("--no-publish", "--notes", "first"), this::err);

    assertPublished(publish("--notes", "second"));

    assertTrue(err().contains("keeps the notes"), err());
    assertEquals("first", release().path("notes").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--mandatory", "--rollout=100"})
  void draftWithOtherSettings_isNotPublishedWithThem(String option) throws Exception {
    signed(DEB, "a package");
    assertEquals(0, publish("--no-publish"), this::err);

    assertFailed(
        publish(option), "with other settings: its rollout is 1000, and it is not mandatory");
    assertEquals("draft", release().path("state").asText());
  }

  @Test
  void draftWithAnotherFileForTheTarget_fails() throws Exception {
    signed(DEB, "a package");
    assertEquals(0, publish("--no-publish"), this::err);
    signed(DEB, "another package");

    assertFailed(publish(), DEB + ": the draft has another file", "Delete it");
    assertEquals("draft", release().path("state").asText());
  }

  @Test
  void draftThatIsOfferedWithItsFirstFile_isNotGoneOnWith() throws Exception {
    manage("POST", "/releases", "{\"version\":\"1.2.0\"}");
    signed(DEB, "a package");

    assertFailed(publish(), "offered with its first file", "Delete it");
  }

  @Test
  void yankedVersion_isNotPublishedAgain() throws Exception {
    signed(DEB, "a package");
    assertPublished(publish());
    manage("POST", "/releases/" + release().path("id").asText() + "/yank", "");

    assertFailed(publish(), "exists and is yanked", "Publish a new version");
  }

  @Test
  void dryRun_asksNoServerAndNeedsNoToken() throws Exception {
    signed(DEB, "a package");
    int before = server.seen().size();

    int exitCode = run(USUAL, Map.of(), args("--dry-run"));

    assertEquals(0, exitCode, this::err);
    assertTrue(out().contains(DEB), out());
    assertTrue(out().contains("Nothing was sent."), out());
    assertEquals(before, server.seen().size());
  }

  @Test
  void problemInTheFolder_isReportedBeforeTheServerIsAsked() throws Exception {
    signed(DEB, "a package");
    Files.delete(dist().resolve(DEB + ".sig"));
    int before = server.seen().size();

    assertFailed(publish(), DEB + ": has no " + DEB + ".sig", "Nothing was sent");

    assertEquals(before, server.seen().size());
  }

  @Test
  void artifactsOption_saysWhatNamesDoNot() throws Exception {
    signed("tool.bin", "a tool");
    Path list =
        Files.writeString(
            directory.resolve("artifacts.json"),
            "[{\"file\":\"tool.bin\",\"target\":\"freebsd\",\"arch\":\"x86_64\"}]");

    assertPublished(publish("--artifacts", list.toString()));

    assertEquals(200, check("/freebsd/x86_64/1.0.0").statusCode());
  }

  @Test
  void tokenFile_takesPrecedenceOverTheVariable() throws Exception {
    signed(DEB, "a package");
    Path file = Files.writeString(directory.resolve("token"), TestServer.TOKEN + "\n");
    List<String> args = args("--server", server.url() + "/", "--token-file", file.toString());

    assertPublished(run(USUAL, Map.of(Token.VARIABLE, "wrong"), args));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "", "geheim-4711\u00e4"})
  void tokenFile_thatHoldsNoToken_failsWithoutRepeatingIt(String content) throws Exception {
    signed(DEB, "a package");
    Path file = Files.writeString(directory.resolve("token"), content);

    assertFailed(publish("--token-file", file.toString()), "does not hold a token");
    assertFalse(content.length() > 1 && err().contains(content), err());
  }

  @ParameterizedTest
  @CsvSource({
    "--version, v1.2.0, semantic version",
    "--version, 1.2, semantic version",
    "--server, ftp://example.com, --server must be",
    "--server, https://me:geheim@example.com, --server must be",
    "--server, https://example.com?x=y, --server must be",
    "--server, updates.example.com, --server must be",
    "--app, a b, --app must be",
    "--channel, a b, --channel",
    "--rollout, 1001, --rollout must be",
    "--rollout, many, --rollout",
    "--parallel, 0, --parallel must be",
    "--parallel, 17, --parallel must be",
    "--token, geheim, Unknown option",
  })
  void options_thatAreWrong_areAWrongCall(String option, String value, String message)
      throws Exception {
    signed(DEB, "a package");
    List<String> args = args(option, value);

    assertEquals(2, run(USUAL, Map.of(Token.VARIABLE, TestServer.TOKEN), args), this::err);
    assertTrue(err().contains(message), err());
  }

  @Test
  void missingToken_isAWrongCallThatSaysWhereItBelongs() throws Exception {
    signed(DEB, "a package");

    int exitCode = run(USUAL, Map.of(), args());

    assertEquals(2, exitCode);
    assertTrue(err().contains("HOT_UPDATER_TOKEN"), err());
  }

  @Test
  void notesAndNotesFile_areAWrongCall() throws Exception {
    signed(DEB, "a package");

    assertEquals(2, publish("--notes", "a", "--notes-file", "b"));
  }

  @Test
  void parallel_isHowManyFilesAreOnTheirWay() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    for (String name : List.of("a_amd64.deb", "a_arm64.deb", "a_i386.deb", "a_armhf.deb")) {
      signed(name, "content of " + name);
    }
    server.fault(
        4,
        "PUT",
        "/files/",
        server.after(
            exchange -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              three.countDown();
              await(three);
              running.decrementAndGet();
            }));

    assertPublished(publish("--parallel", "3"));

    assertEquals(3, most.get());
  }

  @Test
  void largeFile_showsItsProgress() throws Exception {
    signed(DEB, "x".repeat(TestServer.MAX_ARTIFACT_BYTES));

    assertPublished(publish());

    assertEquals(
        List.of(
            DEB + ": uploading 1.0 MB",
            DEB + ": 25 %",
            DEB + ": 50 %",
            DEB + ": 75 %",
            DEB + ": done"),
        err().lines().toList());
    HttpResponse<String> update = check("/linux/x86_64/deb/1.0.0");
    assertEquals(200, update.statusCode());
  }
}
