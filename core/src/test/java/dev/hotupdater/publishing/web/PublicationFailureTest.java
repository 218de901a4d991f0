package dev.hotupdater.publishing.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationFailureTest {
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

  private void remove(PublishedBundle bundle) {
    assertTrue(
        server.publishing.remove(WebServer.APP, bundle.release().id(), WebServer.NONE).isPresent());
  }

  @Test
  void sharedFile_whoseLastBundleGoesBeforeTheCommit_isStoredAnew() {
    PublishedBundle first = server.publish("1.0.0", "shared.js", "shared");
    String shared = server.file(first, "shared.js").uri();
    server.database.onceBeforeCommit(() -> remove(first));

    PublishedBundle second = server.publish("1.1.0", "shared.js", "shared", "a.js", "2");

    assertFalse(server.has(shared));
    assertNotEquals(shared, server.file(second, "shared.js").uri());
    for (var file : server.manifest(second.artifact()).files()) {
      assertTrue(server.has(file.uri()), file.path());
    }
    assertEquals(3, second.release().sequence());
  }

  @Test
  void otherBytes_thatArePublishedBeforeTheCommit_areConflict_andNothingIsLeft() {
    server.database.onceBeforeCommit(() -> server.publish("1.0.0", "a.js", "1"));
    Path other = server.zip("a.js", "2");
    assertThrows(
        BundleConflictException.class, () -> server.publish(WebServer.bundle("1.0.0"), other));
    // The zip, the manifest and the two files of the one that was faster.
    assertEquals(4, server.keys().size());
  }

  @Test
  void sameBytes_thatArePublishedBeforeTheCommit_areThere_andNothingIsLeft() {
    Path zip = server.zip("a.js", "1");
    server.database.onceBeforeCommit(() -> server.publish(WebServer.bundle("1.0.0"), zip));
    assertFalse(server.publish(WebServer.bundle("1.0.0"), zip).isNew());
    assertEquals(4, server.keys().size());
  }

  @Test
  void storage_thatFailsMidway_leavesNothing() {
    PublishedBundle first = server.publish("1.0.0", "a.js", "1");
    List<String> keys = server.keys();
    AtomicInteger writes = new AtomicInteger();
    server.storage.beforeWrite =
        key -> {
          if (writes.incrementAndGet() == 3) {
            throw new StorageException("The storage is full.");
          }
        };
    StorageException failure =
        assertThrows(
            StorageException.class,
            () -> server.publish("1.1.0", "a.js", "2", "b.js", "3", "c.js", "4"));
    assertEquals("The storage is full.", failure.getMessage());
    assertEquals(keys, server.keys());
    assertEquals(1, server.releases().records(WebServer.APP).releases().size());
    assertEquals(first.release(), server.stored(first.release()));
    // And the next one works.
    assertTrue(server.publish("1.1.0", "a.js", "2", "b.js", "3", "c.js", "4").isNew());
  }

  @Test
  void compression_thatCannotBeLoaded_isTold_andNothingIsLeft() throws Exception {
    try (WebServer broken =
        WebServer.start(
            Files.createDirectory(folder.resolve("other")),
            WebPublishing.builder()
                .compression(
                    (content, size, out) -> {
                      throw new UnsatisfiedLinkError("no native code");
                    }))) {
      assertThrows(
          UnsatisfiedLinkError.class, () -> broken.publish("1.0.0", "a.js", "x".repeat(10_000)));
      assertEquals(List.of(), broken.keys());
    }
  }

  @Test
  void commits_thatAlwaysMeetOthers_fail_andNothingIsLeft() {
    server.database.beforeCommit =
        () -> {
          throw new ReleaseConflictException("App");
        };
    assertThrows(ReleaseConflictException.class, () -> server.publish("1.0.0", "a.js", "1"));
    assertEquals(List.of(), server.keys());
  }

  @Test
  void commit_whoseAnswerIsLost_isPublished() {
    server.database.afterCommit =
        () -> {
          server.database.afterCommit = () -> {};
          throw new DatabaseException("The answer of the database was lost.");
        };
    PublishedBundle published = server.publish("1.0.0", "a.js", "1");
    assertTrue(published.isNew());
    assertEquals("1", new String(server.bytes(server.file(published, "a.js").uri()), UTF_8));
  }

  @Test
  void commit_thatFailed_isMadeImpossible_andNothingIsLeft() {
    server.database.onceBeforeCommit(
        () -> {
          throw new DatabaseException("The database was away.");
        });
    assertThrows(DatabaseException.class, () -> server.publish("1.0.0", "a.js", "1"));
    assertEquals(List.of(), server.keys());
    assertEquals(1, server.sequence());
  }

  @Test
  void commit_ofWhichNothingIsKnown_keepsTheBytes() {
    server.database.beforeCommit =
        () -> {
          throw new DatabaseException("The database is away.");
        };
    assertThrows(DatabaseException.class, () -> server.publish("1.0.0", "a.js", "1"));
    assertEquals(4, server.keys().size());
  }
}
