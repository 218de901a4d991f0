package dev.hotupdater.publishing;

import static dev.hotupdater.publishing.PublishingServer.APP;
import static dev.hotupdater.publishing.PublishingServer.BYTES;
import static dev.hotupdater.publishing.PublishingServer.LINUX;
import static dev.hotupdater.publishing.PublishingServer.MAC;
import static dev.hotupdater.publishing.PublishingServer.NONE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.CountingStorage;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.release.Announcement;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.Slug;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasePublishingTest {
  private static final byte[] TAMPERED = "tset".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path directory;
  private PublishingServer server;

  @BeforeEach
  void start() {
    server = PublishingServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Release draft() {
    return server.create(
        NewRelease.builder(ReleaseVersion.of("1.2.0")).announcement(Announcement.ON_PUBLISH));
  }

  private Release publish(Release release) {
    return server.publishing.publish(APP, release.id(), NONE);
  }

  @Test
  void slug_createsTheApp_andIsUnique() {
    assertEquals(Optional.of(Slug.of("my-app")), server.publishing.app(APP, NONE).slug());
    assertThrows(
        AlreadyTakenException.class,
        () -> server.publishing.setSlug(AppId.of("other"), Slug.of("my-app"), NONE));
  }

  @Test
  void releaseOfAnUnknownApp_isRefused() {
    NewRelease described = NewRelease.of(ReleaseVersion.of("1.0.0"));
    assertThrows(
        UnknownAppException.class,
        () -> server.publishing.create(AppId.of("other"), described, NONE));
    assertThrows(
        UnknownAppException.class,
        () -> server.publishing.setKeys(AppId.of("other"), List.of(), NONE));
  }

  @Test
  void releaseOfAnotherApp_isUnknown() {
    AppId other = AppId.of("other");
    server.publishing.setSlug(other, Slug.of("other-app"), NONE);
    Release release = draft();
    assertThrows(
        UnknownReleaseException.class,
        () ->
            server.publishing.announceArtifact(other, release.id(), NewArtifact.of(MAC, 1), NONE));
    assertThrows(
        UnknownReleaseException.class, () -> server.publishing.yank(other, release.id(), NONE));
    assertFalse(server.publishing.delete(other, release.id(), NONE));
    assertEquals(release, server.stored(release));
  }

  @Test
  void announcedAgain_whilePending_isTheSameArtifactWithANewUpload() {
    Release release = draft();
    AnnouncedUpload first = server.upload(release, MAC);
    server.clock.advance(Duration.ofMinutes(50));

    AnnouncedUpload second = server.announce(release, NewArtifact.of(MAC, 5));

    assertEquals(first.artifact().id(), second.artifact().id());
    assertEquals(first.key(), second.key());
    assertNotEquals(first.artifact().storageUri(), second.artifact().storageUri());
    assertEquals(5, second.artifact().size());
    assertTrue(second.artifact().uploadExpiry().isAfter(first.artifact().uploadExpiry()));
    assertEquals(List.of(), server.keys(), "what was uploaded before is gone");
    assertEquals(1, server.stored(release).artifacts().size());
  }

  @Test
  void announcedAgain_underAnotherSlug_leavesNothingBehind() {
    Release release = draft();
    server.upload(release, MAC);
    server.publishing.setSlug(APP, Slug.of("new-app"), NONE);
    AnnouncedUpload second = server.announce(release, MAC);
    assertEquals("ota/new-app/1.2.0/darwin-aarch64", second.key().toString());
    assertEquals(List.of(), server.keys());
  }

  @Test
  void formerAddress_neverReachesTheCurrentUpload() {
    Release release = draft();
    AnnouncedUpload former = server.announce(release, MAC);
    AnnouncedUpload current = server.upload(release, MAC);
    server.storage.upload(former, TAMPERED);
    assertArrayEquals(BYTES, server.bytes(server.complete(release, current)));
  }

  @Test
  void formerAddress_ofAnAppThatHadTheSlug_neverReachesTheUploadsOfAnother() {
    AnnouncedUpload former = server.announce(draft(), MAC);
    AppId other = AppId.of("other");
    server.publishing.setSlug(APP, Slug.of("new-app"), NONE);
    server.publishing.setSlug(other, Slug.of("my-app"), NONE);
    Release release =
        server.publishing.create(other, NewRelease.of(ReleaseVersion.of("1.2.0")), NONE);
    AnnouncedUpload current =
        server.publishing.announceArtifact(
            other, release.id(), NewArtifact.of(MAC, BYTES.length), NONE);
    assertEquals(former.key(), current.key());
    server.storage.upload(current, BYTES);
    server.storage.upload(former, TAMPERED);
    assertArrayEquals(
        BYTES,
        server.bytes(
            server.publishing.complete(
                other, release.id(), current.artifact().id(), UploadClaims.none(), NONE)));
  }

  @Test
  void formerAddress_ofADeletedRelease_neverReachesTheOneThatIsMadeAnew() {
    Release deleted = draft();
    AnnouncedUpload former = server.announce(deleted, MAC);
    server.publishing.delete(APP, deleted.id(), NONE);
    Release release = draft();
    AnnouncedUpload current = server.upload(release, MAC);
    server.storage.upload(former, TAMPERED);
    assertArrayEquals(BYTES, server.bytes(server.complete(release, current)));
  }

  @Test
  void deletion_leavesAChannelAloneThatIsCalledLikeTheVersion() {
    Release stable = server.create("1.0.0");
    Release channel =
        server.create(NewRelease.builder(ReleaseVersion.of("2.0.0")).channel("1.0.0"));
    server.upload(stable, MAC);
    AnnouncedUpload kept = server.upload(channel, MAC);
    assertTrue(server.publishing.delete(APP, stable.id(), NONE));
    assertEquals(List.of(HookedUploads.key(kept)), server.keys());
  }

  @Test
  void releaseInAStorageThatTheServerHasNot_canBeDeleted_andItsUploadsWithdrawn() {
    InMemoryDatabase database = InMemoryDatabase.create();
    try (PublishingServer before = PublishingServer.start(directory.resolve("x"), database)) {
      Release release = before.create("1.2.0");
      before.announce(release, MAC);
      AnnouncedUpload linux = before.announce(release, LINUX);
      before.server.backend().releases(NONE).change(release.id(), Moved::release);
      before.publishing.withdrawArtifact(APP, release.id(), linux.artifact().id(), NONE);
      assertEquals(1, before.stored(release).artifacts().size());
      assertTrue(before.publishing.delete(APP, release.id(), NONE));
    }
  }

  @Test
  void announcedAgain_whenReady_isRefused() {
    Release release = draft();
    server.complete(release, server.upload(release, MAC));
    assertThrows(ReleaseStateException.class, () -> server.announce(release, MAC));
    assertEquals(1, server.keys().size());
  }

  @Test
  void tooLarge_isRefusedBeforeAnything() {
    Release release = draft();
    assertThrows(
        ArtifactTooLargeException.class,
        () -> server.announce(release, NewArtifact.of(MAC, (2L << 30) + 1)));
    assertEquals(List.of(), server.stored(release).artifacts());
  }

  @Test
  void targetsThatReadTheSame_areNotMixedUp() {
    Release release = draft();
    server.announce(release, ArtifactTarget.of("a-b", "c"));
    assertThrows(
        InvalidReleaseException.class,
        () -> server.announce(release, ArtifactTarget.of("a", "b-c")));
  }

  @Test
  void channels_doNotShareUploads() {
    Release stable = draft();
    Release beta = server.create(NewRelease.builder(ReleaseVersion.of("1.2.0")).channel("beta"));
    assertNotEquals(server.announce(stable, MAC).key(), server.announce(beta, MAC).key());
  }

  @Test
  void tenants_doNotShareUploads_whateverTheirSlugs() {
    RequestContext tenant = NONE.with("tenant", "a").withCacheKey("a");
    Release own = draft();
    Release theirs = server.create("1.2.0-beta.1");
    ObjectKey ownKey = server.announce(own, MAC).key();
    ObjectKey tenantKey =
        server.publishing.announceArtifact(APP, theirs.id(), NewArtifact.of(MAC, 4), tenant).key();
    assertEquals(
        "ota/my-app/" + theirs.id() + "/1.2.0-beta.1/darwin-aarch64", tenantKey.toString());
    assertEquals("ota/my-app/1.2.0/darwin-aarch64", ownKey.toString());
  }

  @Test
  void publish_needsAllArtifacts_andIsDoneOnce() {
    Release release = draft();
    assertThrows(ReleaseStateException.class, () -> publish(release));
    AnnouncedUpload mac = server.upload(release, MAC);
    server.complete(release, server.upload(release, LINUX));
    ReleaseStateException refused =
        assertThrows(ReleaseStateException.class, () -> publish(release));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("darwin-aarch64"), refused.getMessage());
    assertFalse(String.valueOf(refused.getMessage()).contains("linux"), refused.getMessage());

    server.complete(release, mac);
    Release published = publish(release);
    assertEquals(ReleaseState.PUBLISHED, published.state());
    server.clock.advance(Duration.ofSeconds(5));
    assertEquals(published, publish(release));
    assertThrows(
        ReleaseStateException.class,
        () -> server.announce(release, ArtifactTarget.of("windows", "x86_64")));
  }

  @Test
  void yank_takesBack_andStays() {
    Release release = draft();
    assertThrows(
        ReleaseStateException.class, () -> server.publishing.yank(APP, release.id(), NONE));
    Artifact ready = server.complete(release, server.upload(release, MAC));
    publish(release);
    assertEquals(ReleaseState.YANKED, server.publishing.yank(APP, release.id(), NONE).state());
    assertEquals(ReleaseState.YANKED, server.publishing.yank(APP, release.id(), NONE).state());
    assertArrayEquals(BYTES, server.bytes(ready));
    assertThrows(ReleaseStateException.class, () -> publish(release));
  }

  @Test
  void rollout_changesWhatIsGiven() {
    Release release = draft();
    RolloutChange toFew = new RolloutChange(Optional.of(Rollout.of(50)), Optional.empty());
    server.publishing.changeRollout(APP, release.id(), toFew, NONE);
    RolloutChange toTesters =
        new RolloutChange(Optional.empty(), Optional.of(Set.of(Cohort.of("testers"))));
    Release changed = server.publishing.changeRollout(APP, release.id(), toTesters, NONE);
    assertEquals(Rollout.of(50), changed.rollout());
    assertEquals(Set.of(Cohort.of("testers")), changed.targetCohorts());
  }

  @Test
  void withdrawnArtifact_isGone_butAReadyOneStays() {
    Release release = draft();
    AnnouncedUpload upload = server.upload(release, MAC);
    server.publishing.withdrawArtifact(APP, release.id(), upload.artifact().id(), NONE);
    assertEquals(List.of(), server.stored(release).artifacts());
    assertEquals(List.of(), server.keys());

    Artifact ready = server.complete(release, server.upload(release, MAC));
    assertThrows(
        ReleaseStateException.class,
        () -> server.publishing.withdrawArtifact(APP, release.id(), ready.id(), NONE));
    assertArrayEquals(BYTES, server.bytes(ready));
  }

  @Test
  void delete_thatFailsHalfWay_keepsTheRecordYanked_andIsRepeated() {
    Release release = server.create("1.2.0");
    Artifact mac = server.complete(release, server.upload(release, MAC));
    server.complete(release, server.upload(release, LINUX));
    server.upload(release, ArtifactTarget.of("windows", "x86_64"));
    server.storage.refusesToDelete = uri -> mac.storageUri().equals(uri.toString());

    assertThrows(
        IncompleteDeletionException.class, () -> server.publishing.delete(APP, release.id(), NONE));

    assertEquals(ReleaseState.YANKED, server.stored(release).state());
    assertEquals(1, server.keys().size());
    server.storage.refusesToDelete = uri -> false;
    assertTrue(server.publishing.delete(APP, release.id(), NONE));
    assertEquals(List.of(), server.keys());
    assertThrows(UnknownReleaseException.class, () -> server.stored(release));
    assertFalse(server.publishing.delete(APP, release.id(), NONE));
    server.create("1.2.0");
  }

  @Test
  void delete_isOfferedToNobodyBeforeBytesGo() {
    Release release = server.create("1.2.0");
    server.complete(release, server.upload(release, MAC));
    server.storage.refusesToDelete =
        uri -> {
          assertEquals(ReleaseState.YANKED, server.stored(release).state());
          return false;
        };
    assertTrue(server.publishing.delete(APP, release.id(), NONE));
  }

  @Test
  void deletionOfOneRelease_leavesTheOthersAlone() {
    Release one = server.create("1.2.0");
    Release other = server.create("1.2.0-beta.1");
    server.complete(one, server.upload(one, MAC));
    Artifact kept = server.complete(other, server.upload(other, MAC));
    server.upload(other, LINUX);
    server.publishing.delete(APP, one.id(), NONE);
    assertArrayEquals(BYTES, server.bytes(kept));
    assertEquals(2, server.keys().size());
  }

  @Test
  void unknownArtifact_isUnknown() {
    Release release = draft();
    assertThrows(
        UnknownReleaseException.class,
        () ->
            server.publishing.complete(
                APP, release.id(), ReleaseId.random(), UploadClaims.none(), NONE));
  }

  @Test
  void serverWithoutAStorageForUploads_cannotPublish() {
    try (HotUpdater plain =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(new CountingStorage())
            .build()) {
      assertThrows(
          IllegalArgumentException.class, () -> ReleasePublishing.builder().start(plain.backend()));
    }
  }

  @Test
  void storageThatIsNotTheServers_cannotBePublishedTo() {
    ReleasePublishing.Builder elsewhere =
        ReleasePublishing.builder().over(FileStorage.at(directory.resolve("elsewhere")));
    assertThrows(IllegalArgumentException.class, () -> elsewhere.start(server.server.backend()));
    ReleasePublishing.Builder onTop = ReleasePublishing.builder().uploadPrefix("releases/new");
    assertThrows(IllegalArgumentException.class, () -> onTop.start(server.server.backend()));
  }

  @Test
  void delete_ofDraftWithAPackage_isRepeatedIfItFailsHalfWay() {
    Release release =
        server.create(
            NewRelease.builder(ReleaseVersion.of("1.2.0")).announcement(Announcement.ON_PUBLISH));
    Artifact apk = server.complete(release, server.upload(release, AppPackage.TARGET));
    server.storage.refusesToDelete = uri -> apk.storageUri().equals(uri.toString());
    assertThrows(
        IncompleteDeletionException.class, () -> server.publishing.delete(APP, release.id(), NONE));
    server.storage.refusesToDelete = uri -> false;
    assertTrue(server.publishing.delete(APP, release.id(), NONE));
    assertEquals(List.of(), server.keys());
  }
}
