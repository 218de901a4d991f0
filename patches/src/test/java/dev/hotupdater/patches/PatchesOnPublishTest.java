package dev.hotupdater.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.StorageUnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchesOnPublishTest {
  private static final long PATIENCE_SECONDS = 30;

  @TempDir private Path directory;

  private final Random random = Samples.random(getClass());
  private final byte[] first = Samples.randomBytes(random, 20_000);
  private final byte[] second = Samples.edited(random, first, 10);
  private final byte[] third = Samples.edited(random, second, 10);

  private HookedStorage storage;
  private Publisher publisher;
  private HotUpdater server;

  @BeforeEach
  void start() {
    storage = new HookedStorage(FileStorage.at(directory));
    publisher = new Publisher(storage);
    server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(storage)
            .extension(BundlePatches.create().onPublish())
            .build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void publishing_getsItsPatchesInTheBackground() throws Exception {
    server.bundles().publish(publisher.plain(1, first).build());
    server.bundles().publish(publisher.plain(2, second).build());
    server.bundles().publish(publisher.plain(3, third).build());

    eventually(() -> basesOf(3).size() == 2);
    assertEquals(List.of("1"), basesOf(2));
    assertEquals(List.of("2", "1"), basesOf(3));
    eventually(
        () ->
            server.bundles().lookUp(Publisher.id(3)).orElseThrow().patches().size()
                == basesOf(3).size());
  }

  @Test
  void publishingWhileTheStorageIsAway_leavesLaterBundlesTheirPatches() throws Exception {
    server.bundles().publish(publisher.plain(1, first).build());
    CountDownLatch failed = new CountDownLatch(1);
    storage.onOpen(
        uri -> {
          storage.onOpen(u -> {});
          failed.countDown();
          throw new StorageUnavailableException("of the test");
        });
    server.bundles().publish(publisher.plain(2, second).build());
    assertTrue(failed.await(PATIENCE_SECONDS, TimeUnit.SECONDS));

    server.bundles().publish(publisher.plain(3, third).build());

    eventually(() -> basesOf(3).size() == 2);
    assertEquals(List.of(), basesOf(2));
  }

  @Test
  void publishing_isNotHeldUpByAStorageThatHangsAndClosingEndsTheWork() throws Exception {
    server.bundles().publish(publisher.plain(1, first).build());
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    storage.onOpen(
        uri -> {
          reached.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted.countDown();
            throw new StorageUnavailableException("interrupted", e);
          }
        });
    for (int number = 2; number < 105; number++) {
      server.bundles().publish(publisher.plain(number, second).build());
    }
    assertTrue(reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS));

    server.close();

    assertTrue(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    eventually(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(this::isWorking));
    assertEquals(Optional.empty(), anyPatch());
  }

  private boolean isWorking(Thread thread) {
    return thread.getName().equals("hotupdater-patches")
        && List.of(thread.getStackTrace()).stream()
            .anyMatch(frame -> frame.getClassName().equals(PatchRun.class.getName()));
  }

  private Optional<BundlePatch> anyPatch() {
    return server.bundles().view().find(Publisher.id(2)).orElseThrow().patches().stream()
        .findFirst();
  }

  /** The numbers of the bundles that a bundle has patches from. */
  private List<String> basesOf(int target) {
    return server.bundles().find(Publisher.id(target)).orElseThrow().patches().stream()
        .map(patch -> patch.baseBundleId().toString().replaceFirst(".*-0*", ""))
        .toList();
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        fail("not within " + PATIENCE_SECONDS + " s");
      }
      Thread.sleep(10);
    }
  }
}
