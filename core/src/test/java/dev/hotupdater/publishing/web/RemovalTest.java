package dev.hotupdater.publishing.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.publishing.ReleasePublishing;
import dev.hotupdater.publishing.UnknownReleaseException;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalTest {
  @TempDir private Path folder;
  private WebServer server;

  @BeforeEach
  void start() {
    server = WebServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Release remove(PublishedBundle bundle) {
    return server
        .publishing
        .remove(WebServer.APP, bundle.release().id(), WebServer.NONE)
        .orElseThrow();
  }

  @Test
  void remove_activeRelease_makesTheOneBeforeItActive_whichKeepsItsChecksum() {
    PublishedBundle first = server.publish("1.0.0", "a.js", "1");
    PublishedBundle second = server.publish("1.1.0", "a.js", "2");

    Release removed = remove(second);

    assertEquals(ReleaseState.REMOVED, removed.state());
    assertEquals(List.of(second.artifact()), removed.artifacts());
    assertEquals(removed, server.stored(removed));
    assertEquals(Optional.of("1.0.0"), server.active("stable"));
    assertEquals(
        first.artifact().sha256(), server.stored(first.release()).artifacts().get(0).sha256());
    assertEquals(3, server.sequence());
    assertFalse(server.has(second.artifact().storageUri()));
    assertTrue(server.has(first.artifact().storageUri()));
  }

  @Test
  void remove_otherRelease_leavesTheActiveOne() {
    PublishedBundle first = server.publish("1.0.0", "a.js", "1");
    PublishedBundle second = server.publish("1.1.0", "a.js", "2");
    remove(first);
    assertEquals(Optional.of("1.1.0"), server.active("stable"));
    assertEquals(second.release(), server.stored(second.release()));
    server.manifest(second.artifact()).files().forEach(file -> assertTrue(server.has(file.uri())));
  }

  @Test
  void remove_filesThatOthersHave_stayUntilTheLastOneGoes() {
    PublishedBundle first = server.publish("1.0.0", "shared.js", "shared", "a.js", "1");
    PublishedBundle second = server.publish("1.1.0", "shared.js", "shared", "a.js", "2");
    PublishedBundle third = server.publish("1.2.0", "shared.js", "shared", "a.js", "3");
    String shared = server.file(first, "shared.js").uri();
    String own = server.file(first, "a.js").uri();
    assertEquals(shared, server.file(second, "shared.js").uri());
    assertEquals(shared, server.file(third, "shared.js").uri());

    remove(first);
    assertTrue(server.has(shared));
    assertFalse(server.has(own));
    remove(third);
    assertTrue(server.has(shared));
    remove(second);
    assertEquals(List.of(), server.keys());
  }

  @Test
  void remove_unknownRelease_isEmpty() {
    server.publish("1.0.0");
    assertEquals(
        Optional.empty(),
        server.publishing.remove(WebServer.APP, ReleaseId.random(), WebServer.NONE));
    assertThrows(
        UnknownReleaseException.class,
        () -> server.publishing.activate(WebServer.APP, ReleaseId.random(), WebServer.NONE));
  }

  @Test
  void remove_draft_isRefused() {
    server.publish("0.9.0");
    Release draft =
        Release.builder(
                ReleaseId.random(),
                WebServer.APP,
                ReleaseVersion.of("1.0.0"),
                server.clock.instant())
            .build();
    server.releases().create(draft);
    assertThrows(
        ReleaseStateException.class,
        () -> server.publishing.remove(WebServer.APP, draft.id(), WebServer.NONE));
  }

  @Test
  void remove_thatBreaksOff_canBeRepeated() {
    PublishedBundle bundle = server.publish("1.0.0", "a.js", "1");
    String file = server.file(bundle, "a.js").uri();
    server.storage.beforeDelete =
        key -> {
          if (file.endsWith(key)) {
            throw new StorageException("is needed elsewhere");
          }
        };
    assertThrows(IncompleteDeletionException.class, () -> remove(bundle));
    assertEquals(ReleaseState.REMOVED, server.stored(bundle.release()).state());
    assertTrue(server.has(file));

    server.storage.beforeDelete = key -> {};
    remove(bundle);
    assertEquals(List.of(), server.keys());
    assertEquals(2, server.sequence());
  }

  @Test
  void remove_manifestOfOtherThatCannotBeRead_deletesNoFile() {
    PublishedBundle first = server.publish("1.0.0", "a.js", "1");
    PublishedBundle second = server.publish("1.1.0", "a.js", "2");
    String manifest = WebArtifact.of(second.artifact()).manifestUri().orElseThrow();
    server.overwrite(manifest, "{");
    // Another server, which has not read the manifest before.
    WebPublishing other = WebPublishing.builder().start(server.server.backend());
    assertThrows(
        StorageException.class,
        () -> other.remove(WebServer.APP, first.release().id(), WebServer.NONE));
    assertTrue(server.has(server.file(first, "a.js").uri()));
  }

  @Test
  void activate_removedRelease_isRefused() {
    PublishedBundle bundle = server.publish("1.0.0");
    remove(bundle);
    assertThrows(
        ReleaseStateException.class,
        () -> server.publishing.activate(WebServer.APP, bundle.release().id(), WebServer.NONE));
  }

  @Test
  void delete_ofReleasePublishing_refusesWebBundles() {
    PublishedBundle bundle = server.publish("1.0.0");
    ReleaseStateException refusal = assertNotDeleted(bundle.release());
    assertTrue(String.valueOf(refusal.getMessage()).contains("web bundle"));
    assertTrue(server.has(bundle.artifact().storageUri()));
  }

  @Test
  void delete_ofReleasePublishing_refusesPackagesWhoseChecksumMustBeKept() {
    PublishedBundle published =
        server.publishing.publishPackage(
            WebServer.APP,
            NewPackage.of(ReleaseVersion.of("1.0.0"), "a.apk", Optional.empty()),
            server.zip("a", "1"),
            WebServer.NONE);
    ReleaseStateException refusal = assertNotDeleted(published.release());
    assertTrue(String.valueOf(refusal.getMessage()).contains("WebPublishing.remove"));
    assertTrue(server.has(published.artifact().storageUri()));

    Release removed = remove(published);
    assertNotDeleted(removed);
    assertEquals(removed, server.stored(removed));
  }

  private ReleaseStateException assertNotDeleted(Release release) {
    FileStorage uploads = FileStorage.builder(folder.resolve("uploads")).bucket("other").build();
    try (HotUpdater releases =
            HotUpdater.builder()
                .database(server.database)
                .storage(server.storage)
                .storage(uploads)
                .build();
        ReleasePublishing publishing =
            ReleasePublishing.builder().withoutWatch().start(releases.backend())) {
      return assertThrows(
          ReleaseStateException.class,
          () -> publishing.delete(WebServer.APP, release.id(), WebServer.NONE));
    }
  }

  @Test
  void publish_whileBytesOfTheRemovalAreLeft_deletesThem_andStoresItsOwn() {
    Path zip = server.zip("a.js", "1");
    PublishedBundle bundle = server.publish(WebServer.bundle("1.0.0"), zip);
    String old = server.file(bundle, "a.js").uri();
    server.storage.beforeDelete =
        key -> {
          throw new StorageException("is away");
        };
    assertThrows(IncompleteDeletionException.class, () -> remove(bundle));
    server.storage.beforeDelete = key -> {};
    PublishedBundle again = server.publish(WebServer.bundle("1.0.0"), zip);
    assertFalse(server.has(old));
    assertFalse(server.has(bundle.artifact().storageUri()));
    assertEquals("1", new String(server.bytes(server.file(again, "a.js").uri()), UTF_8));
    Artifact artifact = again.artifact();
    assertTrue(server.has(artifact.storageUri()));
  }
}
