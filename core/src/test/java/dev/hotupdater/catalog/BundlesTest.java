package dev.hotupdater.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.WriteConflictException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BundlesTest {
  private static final BundleId ID = BundleId.of("0199a000-0000-7000-8000-000000000001");
  private static final UpdateCheck CHECK = UpdateCheck.ofAppVersion(Platform.IOS, "1.0.0").build();
  private static final Bundle BUNDLE =
      Bundle.builder()
          .id(ID)
          .platform(Platform.IOS)
          .fileHash("hash")
          .storageUri("https://cdn.test/1.zip")
          .targetAppVersion(Optional.of("1.x"))
          .build();
  private static final Duration POLL = Duration.ofMillis(20);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private final FlakyDatabase database = new FlakyDatabase();
  private BundleCatalog catalog =
      BundleCatalog.start(database, Freshness.polling(POLL, Duration.ofHours(1)));
  private Bundles bundles = Bundles.of(catalog, database, RequestContext.none());

  @AfterEach
  void tearDown() {
    catalog.close();
  }

  private void restart(Freshness freshness) {
    catalog.close();
    catalog = BundleCatalog.start(database, freshness);
    bundles = Bundles.of(catalog, database, RequestContext.none());
  }

  private void writeElsewhere(BundleWrite write) {
    database.bundles(RequestContext.none()).commit(List.of(write));
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "did not happen in time");
      Thread.sleep(5);
    }
  }

  @Test
  void decide_warm_readsNothing() {
    bundles.publish(BUNDLE);
    bundles.decide(CHECK);
    int before = database.snapshots.get();

    for (int i = 0; i < 1_000; i++) {
      assertInstanceOf(UpdateDecision.Update.class, bundles.decide(CHECK));
    }

    assertEquals(before, database.snapshots.get());
  }

  @Test
  void ownWrite_isVisibleToTheNextDecision() {
    restart(Freshness.polling(Duration.ofHours(1), Duration.ofHours(1)));
    assertInstanceOf(UpdateDecision.NoUpdate.class, bundles.decide(CHECK));

    bundles.publish(BUNDLE);
    assertInstanceOf(UpdateDecision.Update.class, bundles.decide(CHECK));
    bundles.change(ID, BundleChange.of(bundle -> bundle.enabled(false)));
    assertInstanceOf(UpdateDecision.NoUpdate.class, bundles.decide(CHECK));
    bundles.delete(ID);
    assertTrue(bundles.lookUp(ID).isEmpty());
  }

  @Test
  void writeOfAnotherServer_isVisibleAfterAPoll() throws Exception {
    bundles.decide(CHECK);
    writeElsewhere(BundleWrite.put(BUNDLE));

    await(() -> bundles.decide(CHECK) instanceof UpdateDecision.Update);
  }

  @Test
  void strict_readsEveryTime() {
    restart(Freshness.strict());
    bundles.decide(CHECK);
    writeElsewhere(BundleWrite.put(BUNDLE));

    assertInstanceOf(UpdateDecision.Update.class, bundles.decide(CHECK));
  }

  @Test
  void contextWithoutCacheKey_readsEveryTime() {
    Bundles uncached =
        Bundles.of(catalog, database, RequestContext.none().with("user", "somebody"));
    uncached.decide(CHECK);
    int before = database.snapshots.get();

    uncached.decide(CHECK);

    assertEquals(before + 1, database.snapshots.get());
  }

  @Test
  void contextsWithCacheKeys_areCachedApart() {
    Bundles one = Bundles.of(catalog, database, RequestContext.none().withCacheKey("one"));
    Bundles two = Bundles.of(catalog, database, RequestContext.none().withCacheKey("two"));
    one.decide(CHECK);
    two.decide(CHECK);
    int before = database.snapshots.get();

    one.decide(CHECK);
    two.decide(CHECK);

    assertEquals(before, database.snapshots.get());
  }

  @Test
  void databaseAway_lastGoodStateGoesOn_andItsAgeGrows() throws Exception {
    bundles.publish(BUNDLE);
    assertInstanceOf(UpdateDecision.Update.class, bundles.decide(CHECK));

    database.away = true;
    await(() -> catalog.age().orElseThrow().compareTo(POLL.multipliedBy(5)) > 0);

    assertInstanceOf(UpdateDecision.Update.class, bundles.decide(CHECK));
    assertThrows(DatabaseUnavailableException.class, () -> bundles.delete(ID));
    database.away = false;
    await(() -> catalog.age().orElseThrow().compareTo(POLL.multipliedBy(3)) < 0);
  }

  @Test
  void databaseAwayFromTheStart_failsUntilItComes() throws Exception {
    database.away = true;
    restart(Freshness.polling(POLL, Duration.ofHours(1)));

    assertThrows(DatabaseUnavailableException.class, () -> bundles.decide(CHECK));
    assertTrue(catalog.age().isEmpty());
    database.away = false;
    await(() -> catalog.age().isPresent());
    assertInstanceOf(UpdateDecision.NoUpdate.class, bundles.decide(CHECK));
  }

  @Test
  void change_unknownId_isEmpty() {
    assertTrue(bundles.change(ID, BundleChange.of(bundle -> bundle.enabled(false))).isEmpty());
  }

  @Test
  void change_breakingARule_storesNothing() {
    bundles.publish(BUNDLE);

    assertThrows(
        InvalidBundleException.class,
        () -> bundles.change(ID, BundleChange.of(b -> b.enabled(false).channel(" "))));

    assertEquals(Optional.of(BUNDLE), bundles.find(ID));
  }

  @Test
  void change_expectingAnOldRevision_isRefused() {
    bundles.publish(BUNDLE);
    BundleRevision old = BundleRevision.of(BUNDLE);
    BundleChange change = BundleChange.of(bundle -> bundle.message(Optional.of("new")));
    bundles.change(ID, change, old);

    assertThrows(WriteConflictException.class, () -> bundles.change(ID, change, old));
    assertThrows(WriteConflictException.class, () -> bundles.delete(ID, old));
  }

  @Test
  void publish_oneOfManyBreakingARule_storesNone() {
    Bundle broken = BUNDLE.toBuilder().targetAppVersion(Optional.empty()).build();

    assertThrows(InvalidBundleException.class, () -> bundles.publish(List.of(BUNDLE, broken)));

    assertTrue(bundles.find(ID).isEmpty());
  }
}
