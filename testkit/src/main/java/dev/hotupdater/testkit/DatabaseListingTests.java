package dev.hotupdater.testkit;

import static dev.hotupdater.testkit.SampleBundles.complete;
import static dev.hotupdater.testkit.SampleBundles.id;
import static dev.hotupdater.testkit.SampleBundles.small;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleFilter;
import dev.hotupdater.bundle.BundleListing;
import dev.hotupdater.bundle.BundlePage;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.bundle.BundleQuery.Window;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Pages are those that {@link BundleListing} makes of all bundles. */
abstract class DatabaseListingTests extends DatabaseRoundTripTests {
  private static final int QUERIES = 400;

  @Test
  public void list_ofRandomBundles_isThatOfBundleListing(TestInfo test) {
    long seed = seed(test);
    RandomCatalogue catalogue = new RandomCatalogue(new Random(seed));
    List<Bundle> bundles = catalogue.bundles();
    put(bundles.toArray(new Bundle[0]));

    for (int i = 0; i < QUERIES; i++) {
      BundleQuery query = catalogue.query();
      String message =
          "query " + i + " of seed " + seed + ": " + query.window() + ", limit " + query.limit();
      assertEquals(BundleListing.page(bundles, query), store().list(query), message);
    }
    assertEquals(
        bundles.stream().map(Bundle::channel).collect(Collectors.toCollection(TreeSet::new)),
        store().channels());
  }

  @Test
  public void list_ofEmptyDatabase_isThatOfBundleListing() {
    for (Window window :
        List.of(
            new Window.First(),
            new Window.Page(3),
            new Window.After(id(1)),
            new Window.Before(id(1)))) {
      BundleQuery query = new BundleQuery(BundleFilter.all(), 10, window);

      assertEquals(BundleListing.page(List.of(), query), store().list(query));
    }
  }

  @Test
  public void list_hasTheBundlesWithTheirPatches() {
    List<Bundle> bundles = List.of(small(1), small(2), complete(3, 2, 1), complete(4, 1));
    put(bundles.toArray(new Bundle[0]));

    BundlePage page = store().list(BundleQuery.first(BundleFilter.all()));

    assertEquals(List.of(complete(4, 1), complete(3, 2, 1), small(2), small(1)), page.bundles());
  }

  @Test
  public void list_ofPageBeyondTheLast_isTheLast() {
    List<Bundle> bundles = List.of(small(1), small(2), small(3), small(4), small(5));
    put(bundles.toArray(new Bundle[0]));

    BundlePage page =
        store().list(new BundleQuery(BundleFilter.all(), 2, new Window.Page(Integer.MAX_VALUE)));

    assertEquals(List.of(small(1)), page.bundles());
    assertEquals(3, page.pagination().currentPage());
    assertEquals(Optional.of(id(1)), page.pagination().previousCursor());
  }

  @Test
  public void list_beforeACursor_isThePageNextToIt() {
    put(small(1), small(2), small(3), small(4), small(5));

    BundlePage page =
        store().list(new BundleQuery(BundleFilter.all(), 2, new Window.Before(id(2))));

    assertEquals(List.of(small(4), small(3)), page.bundles());
  }
}
