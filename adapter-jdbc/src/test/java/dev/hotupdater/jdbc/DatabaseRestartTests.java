package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.protocol.hotupdater.BundleRoutes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is killed and started again, while devices go on asking for updates. */
abstract class DatabaseRestartTests {
  private static final int RESTARTS = 3;
  private static final int DEVICES = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** Far longer than a call may take with that timeout, and shorter than the pool would wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String CHECK_PATH =
      "/app-version/ios/1.0.0/production/" + BundleId.NIL + "/" + BundleId.NIL;
  private static final UpdateCheck CHECK = UpdateCheck.ofAppVersion(Platform.IOS, "1.0.0").build();

  private final AtomicLong checks = new AtomicLong();
  private final AtomicBoolean done = new AtomicBoolean();

  abstract MortalServer createServer(Path directory);

  @Test
  void databaseKilledAndStartedAgain_checksGoOnAndWritesComeBack(@TempDir Path directory)
      throws Exception {
    try (MortalServer server = createServer(directory)) {
      startOrAbort(server);
      try (HikariDataSource pool = pool(server)) {
        JdbcSchema.of(pool).migrate();
        try (HotUpdater updater = updater(pool)) {
          killAndStartAgain(server, updater);
        }
      }
    }
  }

  private static void startOrAbort(MortalServer server) {
    try {
      server.start();
    } catch (Exception | LinkageError e) {
      abort("The database cannot be started on this machine: " + e);
    }
  }

  private static HikariDataSource pool(MortalServer server) throws Exception {
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(server.dataSource());
    return pool;
  }

  private static HotUpdater updater(HikariDataSource pool) {
    return HotUpdater.builder()
        .database(JdbcDatabase.builder(pool).statementTimeout(TIMEOUT).build())
        .routes(BundleRoutes.protectedBy(Access.delegated()))
        .build();
  }

  private void killAndStartAgain(MortalServer server, HotUpdater updater) throws Exception {
    updater.bundles().publish(bundle(0));
    ExecutorService threads = Executors.newFixedThreadPool(DEVICES);
    try {
      List<Future<?>> devices = new ArrayList<>();
      for (int device = 0; device < DEVICES; device++) {
        devices.add(threads.submit(() -> check(updater)));
      }
      long longestRefusal = 0;
      for (int restart = 1; restart <= RESTARTS; restart++) {
        server.kill();
        longestRefusal = Math.max(longestRefusal, assertWritesFail(updater, bundle(restart)));
        await("health knows of the outage", () -> !updater.health().database());
        assertFalse(isOffered(bundle(restart), updater));
        server.start();
        assertWritesComeBack(updater, bundle(restart));
      }
      done.set(true);
      for (Future<?> device : devices) {
        device.get();
      }
      System.out.println(
          getClass().getSimpleName()
              + ": killed "
              + RESTARTS
              + " times, "
              + checks
              + " checks, 0 failed; the slowest refusal of a write took "
              + longestRefusal
              + " ms");
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  private static Bundle bundle(int number) {
    return Bundle.builder()
        .id(BundleId.of(String.format(Locale.ROOT, "0198c0de-0000-7000-8000-%012d", number)))
        .platform(Platform.IOS)
        .fileHash("hash")
        .storageUri("https://updates.test/" + number + ".zip")
        .targetAppVersion(Optional.of("1.x"))
        .build();
  }

  /** A device that asks again and again, by method and over HTTP. Any failure ends the test. */
  private Void check(HotUpdater updater) throws Exception {
    while (!done.get()) {
      assertTrue(updater.bundles().decide(CHECK) instanceof UpdateDecision.Update);
      assertEquals(200, status(updater, "GET", CHECK_PATH, ""));
      checks.addAndGet(2);
      // The database has to share the processors.
      Thread.sleep(1);
    }
    return null;
  }

  private static int status(HotUpdater updater, String method, String path, String body)
      throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var answer =
        updater.handle(
            HttpRequest.builder(method, path).body(new ByteArrayInputStream(bytes)).build());
    answer.body().close();
    return answer.status();
  }

  /** Returns how long the slower of two refusals took, in milliseconds. */
  private static long assertWritesFail(HotUpdater updater, Bundle bundle) {
    String json = BundleJson.write(bundle).toString();
    long start = System.nanoTime();
    assertTimeoutPreemptively(
        PATIENCE,
        () ->
            assertThrows(
                DatabaseUnavailableException.class, () -> updater.bundles().publish(bundle)));
    long refused = System.nanoTime();
    assertTimeoutPreemptively(
        PATIENCE, () -> assertEquals(503, status(updater, "POST", "/api/bundles", json)));
    return Duration.ofNanos(Math.max(refused - start, System.nanoTime() - refused)).toMillis();
  }

  private static void assertWritesComeBack(HotUpdater updater, Bundle bundle) throws Exception {
    await("a write succeeds", () -> publishes(updater, bundle));
    await("the write is visible", () -> isOffered(bundle, updater));
    await("health knows of the recovery", () -> updater.health().isHealthy());
    for (int number = 0; bundle(number).id().compareTo(bundle.id()) <= 0; number++) {
      assertEquals(Optional.of(bundle(number)), updater.bundles().lookUp(bundle(number).id()));
    }
  }

  private static boolean publishes(HotUpdater updater, Bundle bundle) {
    try {
      updater.bundles().publish(bundle);
      return true;
    } catch (DatabaseUnavailableException e) {
      return false;
    }
  }

  private static boolean isOffered(Bundle bundle, HotUpdater updater) {
    return updater.bundles().decide(CHECK).equals(new UpdateDecision.Update(bundle));
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      Thread.sleep(20);
    }
  }
}
