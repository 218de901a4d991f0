package dev.hotupdater.publishing;

import static dev.hotupdater.publishing.PublishingServer.BYTES;
import static dev.hotupdater.publishing.PublishingServer.LINUX;
import static dev.hotupdater.publishing.PublishingServer.MAC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Eventually;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadWatchTest {
  private static final byte[] TAMPERED = "tset".getBytes(StandardCharsets.US_ASCII);

  /** Of {@link PublishingServer#BYTES}. */
  private static final UploadClaims HASH =
      new UploadClaims(
          Optional.of("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
          List.of());

  @TempDir private Path directory;

  /** A release that the watch completes. */
  private static Release signed(PublishingServer server, String version) {
    return server.create(NewRelease.builder(ReleaseVersion.of(version)).signature("of any scheme"));
  }

  @Test
  void upload_isCompletedInTheBackground_untilTheServerEnds() {
    PublishingServer server =
        PublishingServer.start(
            directory, ReleasePublishing.builder().pollInterval(Duration.ofMillis(10)));
    try (server) {
      Release release = signed(server, "1.2.0");
      server.upload(release, MAC);
      Eventually.await(() -> server.stored(release).state() == ReleaseState.PUBLISHED);
    }
    Eventually.await(UploadWatchTest::noThreadIsLeft);
  }

  private static boolean noThreadIsLeft() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("hotupdater-uploads"));
  }

  @Test
  void round_completesWhatHasCome_andLeavesTheRest() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release release = signed(server, "1.2.0");
      AnnouncedUpload mac = server.upload(release, MAC);
      AnnouncedUpload linux = server.announce(release, LINUX);
      assertEquals(1, server.publishing.completeUploads());
      assertTrue(server.stored(release, mac.artifact().id()).isReady());
      assertFalse(server.stored(release, linux.artifact().id()).isReady());
      assertEquals(0, server.publishing.completeUploads());
    }
  }

  @Test
  void rejectedUpload_isHashedOnce_andTheNextOneCounts() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release release = signed(server, "1.2.0");
      AnnouncedUpload upload =
          server.announce(release, new NewArtifact(MAC, BYTES.length, Optional.empty(), HASH));
      server.storage.upload(upload, TAMPERED);
      for (int round = 0; round < 5; round++) {
        assertEquals(0, server.publishing.completeUploads());
      }
      assertEquals(1, server.storage.copies.get());
      Artifact pending = server.stored(release, upload.artifact().id());
      assertTrue(ReleasePublishing.rejection(pending).orElse("").contains("SHA-256"));

      server.storage.upload(upload, BYTES);
      Eventually.await(() -> server.publishing.completeUploads() == 1);
      assertTrue(server.stored(release, upload.artifact().id()).isReady());
    }
  }

  @Test
  void artifactThatFails_doesNotHoldUpOthers_andIsTriedAgain() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release release = signed(server, "1.2.0");
      server.upload(release, MAC);
      server.storage.isAway = true;
      assertEquals(0, server.publishing.completeUploads());
      server.storage.isAway = false;
      Eventually.await(() -> server.publishing.completeUploads() == 1);
    }
  }

  @Test
  void manyThatDoNotCome_doNotHideTheOneThatDoes() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release last = signed(server, "9.0.0");
      for (int number = 0; number < 3; number++) {
        Release release = signed(server, "1." + number + ".0");
        for (int target = 0; target < 40; target++) {
          server.announce(release, ArtifactTarget.of("target" + target, "any"));
        }
      }
      server.upload(last, MAC);
      int completed = 0;
      for (int round = 0; round < 5; round++) {
        completed += server.publishing.completeUploads();
      }
      assertEquals(1, completed);
    }
  }

  @Test
  void uploadThatHasNotComeInTime_isGivenUp() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release release = signed(server, "1.2.0");
      server.complete(release, server.upload(release, MAC));
      server.announce(release, LINUX);
      server.clock.advance(Duration.ofMinutes(64));
      assertEquals(0, server.publishing.sweep());
      server.clock.advance(Duration.ofMinutes(2));
      assertEquals(1, server.publishing.sweep());
      assertEquals(
          List.of(MAC), server.stored(release).artifacts().stream().map(Artifact::target).toList());
      assertEquals(1, server.keys().size());
    }
  }

  @Test
  void uploadThatCameWhileNoServerRan_isCompletedAndNotGivenUp() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release release = signed(server, "1.2.0");
      server.upload(release, MAC);
      server.clock.advance(Duration.ofDays(1));
      assertEquals(0, server.publishing.sweep());
      assertTrue(server.stored(release).hasReadyArtifact());
    }
  }

  @Test
  void rejectedUpload_isGivenUpWithItsArtifact() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release release = signed(server, "1.2.0");
      AnnouncedUpload upload =
          server.announce(release, new NewArtifact(MAC, BYTES.length, Optional.empty(), HASH));
      server.storage.upload(upload, TAMPERED);
      server.clock.advance(Duration.ofDays(1));
      assertEquals(1, server.publishing.sweep());
      assertEquals(List.of(), server.stored(release).artifacts());
      assertEquals(List.of(), server.keys());
    }
  }

  @Test
  void uploadWithoutAnySignature_isLeftToItsPublisher() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release release = server.create("1.2.0");
      AnnouncedUpload upload = server.upload(release, MAC);
      assertEquals(0, server.publishing.completeUploads());
      UploadClaims signature = new UploadClaims(Optional.empty(), List.of("of any scheme"));
      assertEquals(1, server.complete(release, upload, signature).signatures().size());
    }
  }

  @Test
  void artifactAnnouncedAnewWhileItIsSwept_stays() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release release = signed(server, "1.2.0");
      server.announce(release, MAC);
      server.clock.advance(Duration.ofDays(1));
      List<AnnouncedUpload> renewed = new ArrayList<>();
      server.storage.beforeOpen =
          () -> {
            server.storage.beforeOpen = () -> {};
            renewed.add(server.upload(release, MAC));
          };
      assertEquals(0, server.publishing.sweep());
      assertEquals(List.of(renewed.get(0).artifact()), server.stored(release).artifacts());
      assertEquals(List.of(HookedUploads.key(renewed.get(0))), server.keys());
    }
  }

  @Test
  void recordThatCannotBeChanged_keepsTheUpload() {
    FailingCommits database = new FailingCommits();
    try (PublishingServer server = PublishingServer.start(directory, database)) {
      Release release = server.create("1.2.0");
      AnnouncedUpload upload = server.upload(release, MAC);
      server.clock.advance(Duration.ofDays(1));
      database.failsBefore = true;
      assertEquals(0, server.publishing.sweep());
      assertEquals(List.of(HookedUploads.key(upload)), server.keys());
      database.failsBefore = false;
      Eventually.await(() -> server.publishing.sweep() == 1);
      assertEquals(List.of(), server.keys());
    }
  }

  @Test
  void uploadInAStorageThatTheServerHasNot_isGivenUp() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release release = signed(server, "1.2.0");
      server.announce(release, MAC);
      server.server.backend().releases(PublishingServer.NONE).change(release.id(), Moved::release);
      server.clock.advance(Duration.ofDays(1));
      assertEquals(1, server.publishing.sweep());
      assertEquals(List.of(), server.stored(release).artifacts());
    }
  }

  @Test
  void contextThatFails_doesNotStopTheOthers() {
    TenantDatabase database = new TenantDatabase();
    ReleasePublishing.Builder builder =
        ReleasePublishing.builder()
            .withoutWatch()
            .contexts(List.of(TenantDatabase.AWAY, PublishingServer.NONE));
    try (PublishingServer server = PublishingServer.start(directory, database, builder)) {
      server.upload(signed(server, "1.2.0"), MAC);
      database.isAway = true;
      assertEquals(1, server.publishing.completeUploads());
    }
  }

  @Test
  void expiredOnesThatFail_doNotTakeThePlacesOfOthers() {
    try (PublishingServer server = PublishingServer.start(directory)) {
      Release failing = signed(server, "1.0.0");
      for (int target = 0; target < 40; target++) {
        server.announce(failing, ArtifactTarget.of("target" + target, "any"));
      }
      Release last = server.create("9.0.0");
      server.announce(last, MAC);
      server.clock.advance(Duration.ofDays(1));
      server.storage.isAway = true;
      Eventually.await(
          () -> {
            server.publishing.sweep();
            return server.stored(last).artifacts().isEmpty();
          });
      assertEquals(40, server.stored(failing).artifacts().size());
    }
  }
}
