package dev.hotupdater.protocol.tauri;

import static dev.hotupdater.fixture.ReleaseFixture.draft;
import static dev.hotupdater.fixture.ReleaseFixture.pending;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.Slug;
import dev.hotupdater.storage.StorageUnavailableException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where clients are sent for the bytes of an artifact, and who is not. */
class DownloadTest {
  private static final String START = "/api/sync/ota/my-app/download/";

  private final Artifact plain = ready("linux/x86_64");
  private final Artifact deb = ready("linux/x86_64/deb");
  private final Artifact coming = pending("windows/x86_64");
  private final Release release = published("1.2.0", plain, deb, coming).build();
  private UpdateServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new UpdateServer(
            directory,
            builder -> builder.publicUrl(URI.create(UpdateServer.ADDRESS)),
            TauriUpdateRoutes.at(UpdateServer.MOUNT));
    server.add(release.toBuilder());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer get(String path) {
    return TestServer.get(server.server(), path);
  }

  private void assertSent(String location, Answer answer) {
    assertEquals(302, answer.status(), answer.text());
    assertEquals(Optional.of(location), answer.headers().first("Location"));
    assertEquals(Optional.of("no-store"), answer.headers().first("Cache-Control"));
    assertEquals("", answer.text());
  }

  private static void assertMissing(Answer answer) {
    assertEquals(404, answer.status());
    assertFalse(answer.error().isEmpty());
    assertTrue(answer.headers().first("Location").isEmpty());
  }

  @Test
  void artifact_isSentToItsStorage() {
    assertSent("https://cdn.test/linux/x86_64", get(START + release.id() + "/linux/x86_64"));
    assertSent("https://cdn.test/linux/x86_64", get(START + release.id() + "/" + plain.id()));
    assertSent("https://cdn.test/linux/x86_64/deb", get(START + release.id() + "/" + deb.id()));
    assertSent(
        "https://cdn.test/linux/x86_64/deb",
        get(START + release.id().value().toUpperCase(Locale.ROOT) + "/" + deb.id()));
    assertSent(
        "https://cdn.test/linux/x86_64",
        TestServer.send(
            server.server(), "HEAD", START + release.id() + "/linux/x86_64", Map.of(), ""));
  }

  @Test
  void artifactOfThisServer_isSentToAnAbsoluteAddress() {
    Artifact here = server.upload("darwin/aarch64", "bytes");
    Release other = server.add(published("1.3.0", here));

    Answer answer = get(START + other.id() + "/darwin/aarch64");
    String location = answer.headers().first("Location").orElseThrow();

    assertTrue(location.startsWith(UpdateServer.ADDRESS + "/files/"), location);
    assertEquals("bytes", get(location.substring(UpdateServer.ADDRESS.length())).text());
    assertEquals(
        Optional.of("bytes".length() + ""),
        Optional.of(get(location.substring(UpdateServer.ADDRESS.length())).text().length() + ""));
  }

  @Test
  void macos_isDarwin() {
    Release mac = server.add(published("1.3.0", ready("darwin/aarch64")));

    assertSent("https://cdn.test/darwin/aarch64", get(START + mac.id() + "/macos/aarch64"));
  }

  @Test
  void yankedRelease_canStillBeDownloaded() {
    server.change(release, Release::yanked);

    assertEquals(302, get(START + release.id() + "/linux/x86_64").status());
  }

  @Test
  void whatNobodyWasToldOf_isMissing() {
    Release draft = server.add(draft("1.3.0", ready("linux/x86_64")));
    AppId otherId = AppId.of("other");
    server.register(App.create(otherId, Instant.EPOCH).withSlug(Slug.of("other-app")));

    assertMissing(get(START + draft.id() + "/linux/x86_64"));
    assertMissing(get(START + draft.id() + "/" + draft.artifacts().get(0).id()));
    assertMissing(get(START + release.id() + "/windows/x86_64"));
    assertMissing(get(START + release.id() + "/" + coming.id()));
    assertMissing(get(START + release.id() + "/linux/aarch64"));
    assertMissing(get(START + release.id() + "/download/x86_64"));
    assertMissing(get(START + release.id() + "/..%2F../x86_64"));
    assertMissing(get(START + release.id() + "/" + ReleaseId.random()));
    assertMissing(get(START + release.id() + "/no-id"));
    assertMissing(get(START + ReleaseId.random() + "/linux/x86_64"));
    assertMissing(get(START + "no-id/linux/x86_64"));
    assertMissing(get(START.replace("my-app", "other-app") + release.id() + "/linux/x86_64"));
    assertMissing(get(START.replace("my-app", "no-app") + release.id() + "/linux/x86_64"));
  }

  @Test
  void storageThatIsAway_isUnavailable_andTellsNothingOfItself() {
    server
        .cloud()
        .addressing(
            (uri, context) -> {
              throw new StorageUnavailableException("secret host is away", new RuntimeException());
            });

    Answer answer = get(START + release.id() + "/linux/x86_64");

    assertEquals(503, answer.status());
    assertFalse(answer.text().contains("secret"));
  }
}
