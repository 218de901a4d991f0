package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** An empty database for each test. */
abstract class DatabaseFixture {
  private @Nullable Database current;

  protected abstract Database createDatabase() throws Exception;

  protected abstract void dispose(Database database) throws Exception;

  /** Asks for the database of a test. */
  @BeforeEach
  public void createDatabaseOfTest() throws Exception {
    current = createDatabase();
  }

  /** Disposes of the database of a test. */
  @AfterEach
  public void disposeOfDatabaseOfTest() throws Exception {
    if (current != null) {
      dispose(current);
    }
  }

  Database database() {
    if (current == null) {
      throw new IllegalStateException("there is a database during a test only");
    }
    return current;
  }

  BundleStore store() {
    return database().bundles(RequestContext.none());
  }

  /** The seed of a random test, which is printed so that the run can be repeated. */
  static long seed(TestInfo test) {
    long seed = Long.getLong(DatabaseContract.SEED, System.nanoTime());
    System.out.println(
        test.getTestClass().map(Class::getSimpleName).orElse("")
            + ": -D"
            + DatabaseContract.SEED
            + "="
            + seed);
    return seed;
  }

  void put(Bundle... bundles) {
    List<BundleWrite> writes = new ArrayList<>();
    for (Bundle bundle : bundles) {
      writes.add(BundleWrite.put(bundle));
    }
    store().commit(writes);
  }

  /** Checks that these are the bundles that every way of reading finds, and no others. */
  void assertStored(Bundle... bundles) {
    Map<BundleId, Bundle> expected = byId(List.of(bundles));
    assertEquals(expected, byId(store().snapshot().bundles()));
    assertEquals(expected.size(), store().snapshot().bundles().size());
    expected.forEach((id, bundle) -> assertEquals(bundle, store().find(id).orElseThrow()));
  }

  static Map<BundleId, Bundle> byId(Collection<Bundle> bundles) {
    Map<BundleId, Bundle> byId = new TreeMap<>();
    bundles.forEach(bundle -> byId.put(bundle.id(), bundle));
    return byId;
  }
}
