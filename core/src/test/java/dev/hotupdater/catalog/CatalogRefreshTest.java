package dev.hotupdater.catalog;

import static dev.hotupdater.catalog.TracedDatabase.Question.CHANGES;
import static dev.hotupdater.catalog.TracedDatabase.Question.FINGERPRINT;
import static dev.hotupdater.catalog.TracedDatabase.Question.REVISION;
import static dev.hotupdater.catalog.TracedDatabase.Question.SNAPSHOT;
import static dev.hotupdater.fixture.PublishedBundle.archive;
import static dev.hotupdater.fixture.PublishedBundle.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.fixture.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a refresh of the catalogue reads, over a database that can tell what has changed. */
class CatalogRefreshTest {
  private static final Duration OFTEN = Duration.ofMillis(10);
  private static final Duration SOMETIMES = Duration.ofMillis(50);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final int SEVERAL = 5;

  private final TracedDatabase database = new TracedDatabase();
  private final List<BundleCatalog> catalogs = new ArrayList<>();
  private final List<CatalogChange> changes = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    catalogs.forEach(BundleCatalog::close);
  }

  /** Bundles that have been loaded once. */
  private Bundles start(Duration pollInterval, Duration reloadInterval) {
    BundleCatalog catalog =
        BundleCatalog.start(database, Freshness.polling(pollInterval, reloadInterval));
    catalogs.add(catalog);
    catalog.onChange(changes::add);
    catalog.warmUp();
    return Bundles.of(catalog, database, RequestContext.none());
  }

  private static void awaitMessage(Bundles bundles, BundleId id, String message) {
    Eventually.await(() -> message(bundles, id).equals(Optional.of(message)));
  }

  private static Optional<String> message(Bundles bundles, BundleId id) {
    return bundles.lookUp(id).flatMap(Bundle::message);
  }

  private static Bundle bundle(int number, String message) {
    return archive(number).message(Optional.of(message)).build();
  }

  private void awaitMore(TracedDatabase.Question question) {
    int before = database.asked(question);
    Eventually.await(() -> database.asked(question) >= before + SEVERAL);
  }

  @Test
  void commitElsewhere_isTakenInByWhatItChanged_andNothingElseIsRead() {
    database.writeElsewhere(BundleWrite.put(bundle(1, "a")), BundleWrite.put(bundle(2, "a")));
    Bundles bundles = start(OFTEN, NEVER);
    Bundle unchanged = bundles.lookUp(id(2)).orElseThrow();

    database.writeElsewhere(BundleWrite.put(bundle(1, "b")), BundleWrite.put(bundle(3, "b")));
    awaitMessage(bundles, id(3), "b");
    assertEquals(Optional.of("b"), message(bundles, id(1)));
    database.writeElsewhere(BundleWrite.delete(id(1)));
    Eventually.await(() -> bundles.lookUp(id(1)).isEmpty());

    assertEquals(1, database.asked(SNAPSHOT));
    assertSame(unchanged, bundles.lookUp(id(2)).orElseThrow());
    Eventually.await(() -> changes.size() == 2);
    assertEquals(List.of(bundle(1, "a")), changes.get(0).before());
    assertEquals(2, changes.get(0).after().size());
    assertEquals(List.of(bundle(1, "b")), changes.get(1).before());
    assertEquals(List.of(), changes.get(1).after());
  }

  @Test
  void revisionThatStays_isAllThatIsRead() {
    database.writeElsewhere(BundleWrite.put(bundle(1, "a")));
    start(OFTEN, NEVER);

    awaitMore(REVISION);

    assertEquals(1, database.asked(SNAPSHOT));
    assertEquals(1, database.asked(FINGERPRINT));
    assertEquals(0, database.asked(CHANGES));
    assertTrue(changes.isEmpty());
  }

  @Test
  void ownWrite_isTakenInAtOnceByWhatItChanged() {
    Bundles bundles = start(NEVER, NEVER);

    bundles.publish(bundle(1, "a"));
    assertEquals(Optional.of("a"), message(bundles, id(1)));
    bundles.change(id(1), BundleChange.of(bundle -> bundle.message(Optional.of("b"))));
    assertEquals(Optional.of("b"), message(bundles, id(1)));

    // The second one is how the change finds the bundle that it changes.
    assertEquals(2, database.asked(SNAPSHOT));
    assertEquals(2, database.asked(CHANGES));
  }

  @Test
  void databaseThatCannotTellWhatChanged_isReadAsAWhole() {
    database.forgetful = true;
    Bundles bundles = start(OFTEN, NEVER);

    database.writeElsewhere(BundleWrite.put(bundle(1, "a")));
    awaitMessage(bundles, id(1), "a");

    assertEquals(2, database.asked(SNAPSHOT));
  }

  @Test
  void foreignWrite_isFoundAtTheNextVerification() {
    database.writeElsewhere(BundleWrite.put(bundle(1, "a")));
    Bundles bundles = start(OFTEN, SOMETIMES);

    database.writeForeign(bundle(1, "b"));
    awaitMessage(bundles, id(1), "b");
    Eventually.await(() -> !changes.isEmpty());

    assertEquals(2, database.asked(SNAPSHOT));
    assertEquals(0, database.asked(CHANGES));
    assertEquals(
        List.of(new CatalogChange(List.of(bundle(1, "a")), List.of(bundle(1, "b")))), changes);
  }

  @Test
  void fingerprintThatStays_readsNoSnapshot() {
    database.writeElsewhere(BundleWrite.put(bundle(1, "a")));
    start(OFTEN, SOMETIMES);

    awaitMore(FINGERPRINT);

    assertEquals(1, database.asked(SNAPSHOT));
    assertTrue(changes.isEmpty());
  }

  @Test
  void fingerprintThatChangedThroughACommit_costsOneSnapshot() {
    Bundles bundles = start(OFTEN, SOMETIMES);

    database.writeElsewhere(BundleWrite.put(bundle(1, "a")));
    awaitMessage(bundles, id(1), "a");
    awaitMore(FINGERPRINT);

    assertEquals(2, database.asked(SNAPSHOT));
    assertEquals(1, changes.size());
  }

  @Test
  void hintOfACommit_needsNoPoll() {
    Bundles bundles = start(NEVER, NEVER);

    database.writeElsewhere(BundleWrite.put(bundle(1, "a")));
    database.hint();

    awaitMessage(bundles, id(1), "a");
  }

  @Test
  void hintOfAForeignWrite_needsNoReloadInterval() {
    Bundles bundles = start(OFTEN, NEVER);

    database.writeForeign(bundle(1, "a"));
    database.hint();

    awaitMessage(bundles, id(1), "a");
    assertEquals(2, database.asked(SNAPSHOT));
  }

  @Test
  void manyHints_askForTheFingerprintOnceASecondAtMost() {
    long start = System.nanoTime();
    start(NEVER, NEVER);
    assertEquals(1, database.asked(FINGERPRINT));

    Eventually.await(
        () -> {
          database.hint();
          return database.asked(FINGERPRINT) == 2;
        });

    assertTrue(System.nanoTime() - start >= Duration.ofSeconds(1).toNanos(), "asked too soon");
    assertEquals(1, database.asked(SNAPSHOT));
  }

  @ParameterizedTest
  @EnumSource(names = {"REVISION", "CHANGES"})
  void questionAboutCommitsThatFails_leavesTheLastGoodState_andIsAskedAgain(
      TracedDatabase.Question question) {
    database.writeElsewhere(BundleWrite.put(bundle(1, "a")));
    Bundles bundles = start(OFTEN, NEVER);

    database.fail(question);
    database.writeElsewhere(BundleWrite.put(bundle(1, "b")));
    awaitMore(question);
    assertEquals(Optional.of("a"), message(bundles, id(1)));

    database.recover();
    awaitMessage(bundles, id(1), "b");
    assertEquals(1, database.asked(SNAPSHOT));
  }

  @ParameterizedTest
  @EnumSource(names = {"FINGERPRINT", "SNAPSHOT"})
  void verificationThatFails_leavesTheLastGoodState_andIsRepeated(
      TracedDatabase.Question question) {
    database.writeElsewhere(BundleWrite.put(bundle(1, "a")));
    Bundles bundles = start(OFTEN, SOMETIMES);

    database.fail(question);
    database.writeForeign(bundle(1, "b"));
    awaitMore(question);
    assertEquals(Optional.of("a"), message(bundles, id(1)));

    database.recover();
    awaitMessage(bundles, id(1), "b");
  }

  @Test
  void listenerThatThrows_keepsNothingFromBeingRefreshed() {
    BundleCatalog catalog = BundleCatalog.start(database, Freshness.polling(OFTEN, NEVER));
    catalogs.add(catalog);
    catalog.onChange(
        change -> {
          throw new IllegalStateException("of the test");
        });
    catalog.onChange(changes::add);
    catalog.warmUp();
    Bundles bundles = Bundles.of(catalog, database, RequestContext.none());

    database.writeElsewhere(BundleWrite.put(bundle(1, "a")));
    awaitMessage(bundles, id(1), "a");
    database.writeElsewhere(BundleWrite.put(bundle(1, "b")));
    awaitMessage(bundles, id(1), "b");

    Eventually.await(() -> changes.size() == 2);
  }
}
