package dev.hotupdater.catalog;

import static dev.hotupdater.catalog.TracedDatabase.Question.FINGERPRINT;
import static dev.hotupdater.fixture.PublishedBundle.archive;
import static dev.hotupdater.fixture.PublishedBundle.id;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.Revision;
import dev.hotupdater.fixture.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CatalogEdgeTest {
  @Test
  void hintWhoseVerificationFails_isNotForgotten() {
    TracedDatabase database = new TracedDatabase();
    try (BundleCatalog catalog =
        BundleCatalog.start(
            database, Freshness.polling(Duration.ofMillis(20), Duration.ofHours(1)))) {
      catalog.warmUp();
      Bundles bundles = Bundles.of(catalog, database, RequestContext.none());
      database.fail(FINGERPRINT);
      int before = database.asked(FINGERPRINT);
      database.writeForeign(archive(1).build());
      database.hint();
      Eventually.await(() -> database.asked(FINGERPRINT) > before);
      database.recover();
      Eventually.await(() -> bundles.lookUp(id(1)).isPresent());
    }
  }

  @Test
  void refreshThatFails_doesNotStandForThoseThatWaited() throws Exception {
    TracedDatabase traced = new TracedDatabase();
    CountDownLatch firstIsReading = new CountDownLatch(1);
    CountDownLatch othersWait = new CountDownLatch(1);
    AtomicInteger changesCalls = new AtomicInteger();
    AtomicInteger failNextRevision = new AtomicInteger();
    Database database =
        new Database() {
          @Override
          public void check() {}

          @Override
          public BundleStore bundles(RequestContext context) {
            BundleStore store = traced.bundles(context);
            return new BundleStore() {
              @Override
              public BundleSnapshot snapshot() {
                return store.snapshot();
              }

              @Override
              public Revision revision() {
                if (failNextRevision.getAndSet(0) == 1) {
                  throw new DatabaseUnavailableException("once");
                }
                return store.revision();
              }

              @Override
              public Optional<BundleDelta> changesSince(Revision known) {
                Optional<BundleDelta> delta = store.changesSince(known);
                if (changesCalls.incrementAndGet() == 1) {
                  firstIsReading.countDown();
                  try {
                    othersWait.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }
                return delta;
              }

              @Override
              public void commit(List<BundleWrite> writes) {
                store.commit(writes);
              }
            };
          }
        };
    try (BundleCatalog catalog =
        BundleCatalog.start(
            database, Freshness.polling(Duration.ofHours(1), Duration.ofHours(1)))) {
      catalog.warmUp();
      Bundles bundles = Bundles.of(catalog, database, RequestContext.none());
      Thread p = new Thread(() -> bundles.publish(archive(1).build()));
      p.start();
      firstIsReading.await();
      Thread a = new Thread(() -> bundles.publish(archive(2).build()));
      Thread b = new Thread(() -> bundles.publish(archive(3).build()));
      a.start();
      b.start();
      Eventually.await(
          () -> a.getState() == Thread.State.BLOCKED && b.getState() == Thread.State.BLOCKED);
      failNextRevision.set(1);
      othersWait.countDown();
      p.join();
      a.join();
      b.join();
      assertTrue(
          bundles.lookUp(id(2)).isPresent() || bundles.lookUp(id(3)).isPresent(),
          "the database works, both were published, and neither is known");
    }
  }

  @Test
  void errorInAPoll_doesNotEndThePolling() {
    TracedDatabase traced = new TracedDatabase();
    AtomicInteger broken = new AtomicInteger();
    Database database =
        new Database() {
          @Override
          public void check() {}

          @Override
          public BundleStore bundles(RequestContext context) {
            if (broken.getAndSet(0) == 1) {
              throw new OutOfMemoryError("of the test");
            }
            return traced.bundles(context);
          }
        };
    try (BundleCatalog catalog =
        BundleCatalog.start(
            database, Freshness.polling(Duration.ofMillis(20), Duration.ofHours(1)))) {
      catalog.warmUp();
      Bundles bundles = Bundles.of(catalog, database, RequestContext.none());
      broken.set(1);
      Eventually.await(() -> broken.get() == 0);
      traced.writeElsewhere(BundleWrite.put(archive(1).build()));
      Eventually.await(() -> bundles.lookUp(id(1)).isPresent());
    }
  }
}
