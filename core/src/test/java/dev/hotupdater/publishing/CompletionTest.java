package dev.hotupdater.publishing;

import static dev.hotupdater.publishing.PublishingServer.APP;
import static dev.hotupdater.publishing.PublishingServer.BYTES;
import static dev.hotupdater.publishing.PublishingServer.LINUX;
import static dev.hotupdater.publishing.PublishingServer.MAC;
import static dev.hotupdater.publishing.PublishingServer.NONE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.Together;
import dev.hotupdater.release.Announcement;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.release.ReleaseVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  private static final String SHA_256 =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final byte[] TAMPERED = "tset".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path directory;
  private Optional<PublishingServer> started = Optional.empty();

  private PublishingServer server() {
    if (started.isEmpty()) {
      started = Optional.of(PublishingServer.start(directory));
    }
    return started.get();
  }

  @AfterEach
  void stop() {
    started.ifPresent(PublishingServer::close);
  }

  @Test
  void firstReadyArtifact_publishesTheRelease_andOthersFollow() {
    Release release = server().create("1.2.0");
    assertEquals(ReleaseState.DRAFT, server().stored(release).state());
    AnnouncedUpload mac = server().upload(release, MAC);
    assertEquals(ReleaseState.DRAFT, server().stored(release).state());

    Artifact ready = server().complete(release, mac);

    assertTrue(ready.isReady());
    assertEquals(Optional.of(SHA_256), ready.sha256());
    Release published = server().stored(release);
    assertEquals(ReleaseState.PUBLISHED, published.state());
    assertEquals(Optional.of(server().clock.instant()), published.publishedAt());

    server().complete(release, server().upload(release, LINUX));
    assertEquals(
        2, server().stored(release).artifacts().stream().filter(Artifact::isReady).count());
    assertEquals(published.publishedAt(), server().stored(release).publishedAt());
  }

  @Test
  void releaseAnnouncedOnPublish_staysADraft() {
    Release release =
        server()
            .create(
                NewRelease.builder(ReleaseVersion.of("1.2.0"))
                    .announcement(Announcement.ON_PUBLISH));
    server().complete(release, server().upload(release, MAC));
    assertEquals(ReleaseState.DRAFT, server().stored(release).state());
  }

  @Test
  void completedUpload_isCopiedAndDeleted() {
    Release release = server().create("1.2.0+7");
    AnnouncedUpload upload = server().upload(release, MAC);
    assertEquals("ota/my-app/1.2.0+7/darwin-aarch64", upload.key().toString());
    assertTrue(HookedUploads.key(upload).startsWith(upload.key() + "/"));

    Artifact ready = server().complete(release, upload);

    assertEquals(1, server().keys().size());
    String key = server().keys().get(0);
    assertTrue(
        key.startsWith("releases/" + APP + "/" + release.id() + "/" + ready.id() + "/"), key);
    assertTrue(key.endsWith("/darwin-aarch64"), key);
    assertArrayEquals(BYTES, server().bytes(ready));
  }

  @Test
  void addressUsedAgainAfterCompletion_changesNothingThatIsServed() {
    Release release = server().create("1.2.0");
    AnnouncedUpload upload = server().upload(release, MAC);
    Artifact ready = server().complete(release, upload);

    server().storage.upload(upload, TAMPERED);

    assertArrayEquals(BYTES, server().bytes(server().stored(release, ready.id())));
    assertEquals(0, server().publishing.completeUploads());
    assertEquals(ready, server().complete(release, upload));
    assertTrue(server().publishing.delete(APP, release.id(), NONE));
    assertEquals(List.of(HookedUploads.key(upload)), server().keys(), "only what nobody refers to");
  }

  @Test
  void completedAgain_withTheSameHash_isTheSame_andWithAnother_isRefused() {
    Release release = server().create("1.2.0");
    AnnouncedUpload upload = server().upload(release, MAC);
    Artifact ready = server().complete(release, upload);

    UploadClaims same = new UploadClaims(Optional.of(SHA_256.toUpperCase(Locale.ROOT)), List.of());
    assertEquals(ready, server().complete(release, upload, same));
    UploadClaims other = new UploadClaims(Optional.of("0".repeat(64)), List.of());
    assertThrows(ReleaseStateException.class, () -> server().complete(release, upload, other));
  }

  @Test
  void nothingUploaded_isAState_andNothingChanges() {
    Release release = server().create("1.2.0");
    AnnouncedUpload upload = server().announce(release, MAC);
    assertThrows(ReleaseStateException.class, () -> server().complete(release, upload));
    assertEquals(upload.artifact(), server().stored(release, upload.artifact().id()));
  }

  @Test
  void otherBytesThanAnnounced_areRejected_andCanBeUploadedAnew() {
    Release release = server().create("1.2.0");
    UploadClaims claims = new UploadClaims(Optional.of(SHA_256), List.of());
    AnnouncedUpload upload =
        server().announce(release, new NewArtifact(MAC, BYTES.length, Optional.empty(), claims));
    server().storage.upload(upload, TAMPERED);

    UploadRejectedException rejected =
        assertThrows(UploadRejectedException.class, () -> server().complete(release, upload));

    assertTrue(String.valueOf(rejected.getMessage()).contains(SHA_256), rejected.getMessage());
    Artifact pending = server().stored(release, upload.artifact().id());
    assertFalse(pending.isReady());
    assertEquals(Optional.ofNullable(rejected.getMessage()), ReleasePublishing.rejection(pending));
    assertEquals(ReleaseState.DRAFT, server().stored(release).state());
    assertEquals(List.of(), server().keys());

    server().storage.upload(upload, BYTES);
    Artifact ready = server().complete(release, upload);
    assertTrue(ready.isReady());
    assertEquals(Optional.empty(), ReleasePublishing.rejection(ready));
  }

  @Test
  void hashGivenAtCompletion_thatDoesNotMatch_isRejected() {
    Release release = server().create("1.2.0");
    AnnouncedUpload upload = server().upload(release, MAC);
    UploadClaims claims = new UploadClaims(Optional.of("0".repeat(64)), List.of());
    assertThrows(UploadRejectedException.class, () -> server().complete(release, upload, claims));

    assertEquals(upload.artifact(), server().stored(release, upload.artifact().id()));
    assertEquals(List.of(HookedUploads.key(upload)), server().keys());
    assertTrue(server().complete(release, upload).isReady());
  }

  @Test
  void artifactAnnouncedAnewDuringItsRejection_keepsItsNewUpload() {
    Release release = server().create("1.2.0");
    UploadClaims claims = new UploadClaims(Optional.of(SHA_256), List.of());
    NewArtifact described = new NewArtifact(MAC, BYTES.length, Optional.empty(), claims);
    AnnouncedUpload former = server().announce(release, described);
    server().storage.upload(former, TAMPERED);
    List<AnnouncedUpload> renewed = new ArrayList<>();
    server().storage.afterWrite =
        () -> {
          server().storage.afterWrite = () -> {};
          renewed.add(server().announce(release, described));
          server().storage.upload(renewed.get(0), BYTES);
        };

    assertThrows(UploadRejectedException.class, () -> server().complete(release, former));

    Artifact current = server().stored(release, former.artifact().id());
    assertEquals(renewed.get(0).artifact(), current);
    assertEquals(List.of(HookedUploads.key(renewed.get(0))), server().keys());
    assertTrue(server().complete(release, renewed.get(0)).isReady());
  }

  @Test
  void uploadThatAnotherServerCompletesMeanwhile_isAnsweredAsReady() {
    InMemoryDatabase database = InMemoryDatabase.create();
    try (PublishingServer one = PublishingServer.start(directory, database);
        PublishingServer two = PublishingServer.start(directory, database)) {
      Release release = one.create("1.2.0");
      AnnouncedUpload upload = one.upload(release, MAC);
      List<Artifact> ready = new ArrayList<>();
      one.storage.beforeOpen =
          () -> {
            one.storage.beforeOpen = () -> {};
            ready.add(two.complete(release, upload));
          };
      assertEquals(one.complete(release, upload), ready.get(0));
      assertTrue(ready.get(0).isReady());
    }
  }

  @Test
  void copiesThatNoRecordNames_areDeletedBeforeTheNextIsMade() {
    FailingCommits database = new FailingCommits();
    try (PublishingServer server = PublishingServer.start(directory, database)) {
      Release release = server.create("1.2.0");
      AnnouncedUpload upload = server.upload(release, MAC);
      database.failsBefore = true;
      server.clock.set(Instant.now());
      assertThrows(DatabaseException.class, () -> server.complete(release, upload));
      assertThrows(DatabaseException.class, () -> server.complete(release, upload));
      assertEquals(3, server.keys().size(), "young copies may be of another server");
      server.clock.advance(Duration.ofHours(2));
      assertThrows(DatabaseException.class, () -> server.complete(release, upload));
      assertEquals(2, server.keys().size(), server.keys().toString());
    }
  }

  @Test
  void otherSizeThanAnnounced_isRejected() {
    Release release = server().create("1.2.0");
    AnnouncedUpload upload = server().announce(release, MAC);
    server().storage.upload(upload, "longer".getBytes(StandardCharsets.US_ASCII));
    UploadRejectedException rejected =
        assertThrows(UploadRejectedException.class, () -> server().complete(release, upload));
    assertTrue(String.valueOf(rejected.getMessage()).contains("file_size"), rejected.getMessage());
    assertEquals(0, server().storage.copies.get());
  }

  @Test
  void completionsOfOneArtifact_inOneServer_copyOnce() {
    Release release = server().create("1.2.0");
    AnnouncedUpload upload = server().upload(release, MAC);
    List<Artifact> results = Together.call(8, () -> server().complete(release, upload));
    assertEquals(1, results.stream().distinct().count());
    assertEquals(1, server().storage.copies.get());
  }

  @Test
  void completionsOfOneArtifact_inTwoServers_haveOneWinner() {
    InMemoryDatabase database = InMemoryDatabase.create();
    CyclicBarrier bothCopied = new CyclicBarrier(2);
    try (PublishingServer one = PublishingServer.start(directory, database);
        PublishingServer two = PublishingServer.start(directory, database)) {
      Release release = one.create("1.2.0");
      AnnouncedUpload upload = one.upload(release, MAC);
      one.storage.afterWrite = () -> await(bothCopied);
      two.storage.afterWrite = () -> await(bothCopied);

      List<Artifact> results =
          Together.call(2, number -> () -> (number == 0 ? one : two).complete(release, upload));

      assertEquals(results.get(0), results.get(1));
      assertArrayEquals(BYTES, one.bytes(results.get(0)));
      assertEquals(1, one.keys().size(), one.keys().toString());
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void crashBetweenCopyAndCommit_losesNothing_andIsRepeated() {
    FailingCommits database = new FailingCommits();
    try (PublishingServer server = PublishingServer.start(directory, database)) {
      Release release = server.create("1.2.0");
      AnnouncedUpload upload = server.upload(release, MAC);
      database.failsBefore = true;
      assertThrows(DatabaseException.class, () -> server.complete(release, upload));
      assertFalse(server.stored(release).hasReadyArtifact());
      assertTrue(server.keys().contains(HookedUploads.key(upload)));

      database.failsBefore = false;
      Artifact ready = server.complete(release, upload);
      assertArrayEquals(BYTES, server.bytes(ready));
      assertEquals(1, server.keys().size(), server.keys().toString());
    }
  }

  @Test
  void commitWhoseAnswerIsLost_keepsTheBytes() {
    FailingCommits database = new FailingCommits();
    try (PublishingServer server = PublishingServer.start(directory, database)) {
      Release release = server.create("1.2.0");
      AnnouncedUpload upload = server.upload(release, MAC);
      database.failsAfter = true;
      assertThrows(DatabaseException.class, () -> server.complete(release, upload));
      database.failsAfter = false;
      Artifact ready = server.complete(release, upload);
      assertArrayEquals(BYTES, server.bytes(ready));
    }
  }

  @Test
  void artifactAnnouncedAnewDuringCompletion_isNotCompletedWithTheOldBytes() {
    Release release = server().create("1.2.0");
    AnnouncedUpload upload = server().upload(release, MAC);
    server().storage.afterWrite =
        () -> {
          server().storage.afterWrite = () -> {};
          server().announce(release, NewArtifact.of(MAC, 5));
        };
    assertThrows(ReleaseStateException.class, () -> server().complete(release, upload));
    assertFalse(server().stored(release).hasReadyArtifact());
    assertEquals(List.of(), server().keys());
  }

  @Test
  void largeUpload_isStreamed() {
    byte[] large = new byte[8 << 20];
    Release release = server().create("1.2.0");
    AnnouncedUpload upload = server().announce(release, NewArtifact.of(MAC, large.length));
    server().storage.upload(upload, large);
    Artifact ready = server().complete(release, upload);
    assertEquals(large.length, ready.size());
    assertEquals(large.length, server().storage.bytesRead.get());
    assertTrue(server().storage.mostAhead.get() <= 1 << 17, server().storage.mostAhead.toString());
  }
}
