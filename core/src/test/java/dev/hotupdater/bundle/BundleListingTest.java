package dev.hotupdater.bundle;

import static dev.hotupdater.bundle.BundleFixture.bundle;
import static dev.hotupdater.bundle.BundleFixture.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.BundleQuery.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BundleListingTest {
  private static final List<Bundle> TEN =
      IntStream.rangeClosed(1, 10).mapToObj(n -> bundle(n).build()).toList();

  private static BundlePage page(int limit, Window window) {
    List<Bundle> shuffled = new ArrayList<>(TEN);
    Collections.shuffle(shuffled, new Random(1));
    return BundleListing.page(shuffled, new BundleQuery(BundleFilter.all(), limit, window));
  }

  private static List<BundleId> ids(BundlePage page) {
    return page.bundles().stream().map(Bundle::id).toList();
  }

  @Test
  void firstPage_hasTheNewestAndNoPrevious() {
    BundlePage page = page(3, new Window.First());

    assertEquals(List.of(id(10), id(9), id(8)), ids(page));
    assertEquals(
        new Pagination(10, true, false, 1, 4, Optional.of(id(8)), Optional.empty()),
        page.pagination());
  }

  @Test
  void page_beyondTheLast_isTheLast() {
    BundlePage page = page(3, new Window.Page(99));

    assertEquals(List.of(id(1)), ids(page));
    assertEquals(
        new Pagination(10, false, true, 4, 4, Optional.empty(), Optional.of(id(1))),
        page.pagination());
  }

  @Test
  void after_hasTheNextOlder() {
    BundlePage page = page(3, new Window.After(id(8)));

    assertEquals(List.of(id(7), id(6), id(5)), ids(page));
    assertEquals(2, page.pagination().currentPage());
    assertEquals(Optional.of(id(5)), page.pagination().nextCursor());
    assertEquals(Optional.of(id(7)), page.pagination().previousCursor());
  }

  @Test
  void before_hasThoseNextToTheCursorInTheSameOrder() {
    BundlePage page = page(3, new Window.Before(id(5)));

    assertEquals(List.of(id(8), id(7), id(6)), ids(page));
    assertEquals(1, page.pagination().currentPage());
    assertTrue(page.pagination().hasPreviousPage());
  }

  @Test
  void before_nearTheStart_isShort() {
    assertEquals(List.of(id(10), id(9)), ids(page(3, new Window.Before(id(8)))));
  }

  @Test
  void emptyPage_carriesTheCursorBack() {
    BundlePage after = page(3, new Window.After(id(1)));
    BundlePage before = page(3, new Window.Before(id(10)));

    assertTrue(after.bundles().isEmpty());
    assertEquals(Optional.of(id(1)), after.pagination().previousCursor());
    assertEquals(Optional.empty(), after.pagination().nextCursor());
    assertTrue(before.bundles().isEmpty());
    assertEquals(Optional.of(id(10)), before.pagination().nextCursor());
    assertFalse(before.pagination().hasPreviousPage());
  }

  @Test
  void noBundles_isPageOneOfNone() {
    BundlePage page = BundleListing.page(List.of(), BundleQuery.first(BundleFilter.all()));

    assertEquals(
        new Pagination(0, false, false, 1, 0, Optional.empty(), Optional.empty()),
        page.pagination());
  }

  @Test
  void walk_byNextCursor_visitsEveryBundleOnce() {
    List<BundleId> visited = new ArrayList<>();
    Optional<BundleId> cursor = Optional.empty();
    do {
      Window window = cursor.<Window>map(Window.After::new).orElseGet(Window.First::new);
      BundlePage page = page(4, window);
      visited.addAll(ids(page));
      cursor = page.pagination().nextCursor();
    } while (cursor.isPresent());

    assertEquals(
        IntStream.iterate(10, n -> n > 0, n -> n - 1).mapToObj(BundleFixture::id).toList(),
        visited);
  }

  @Test
  void filter_everyCondition_holdsOnlyForThoseThatSatisfyIt() {
    Bundle ranged = bundle(5).targetAppVersion(Optional.of("1.x")).enabled(false).build();
    Bundle printed =
        bundle(6)
            .targetAppVersion(Optional.empty())
            .fingerprintHash(Optional.of("fp"))
            .platform(Platform.ANDROID)
            .channel("beta")
            .build();

    assertOnlyFirst(BundleFilter.builder().enabled(false), ranged, printed);
    assertOnlyFirst(BundleFilter.builder().channel("beta"), printed, ranged);
    assertOnlyFirst(BundleFilter.builder().platform(Platform.ANDROID), printed, ranged);
    assertOnlyFirst(BundleFilter.builder().idEqual(id(5)), ranged, printed);
    assertOnlyFirst(BundleFilter.builder().idGreater(id(5)), printed, ranged);
    assertOnlyFirst(BundleFilter.builder().idGreaterOrEqual(id(6)), printed, ranged);
    assertOnlyFirst(BundleFilter.builder().idLess(id(6)), ranged, printed);
    assertOnlyFirst(BundleFilter.builder().idLessOrEqual(id(5)), ranged, printed);
    assertOnlyFirst(BundleFilter.builder().idIn(List.of(id(5), id(7))), ranged, printed);
    assertOnlyFirst(BundleFilter.builder().targetAppVersion(Optional.of("1.x")), ranged, printed);
    assertOnlyFirst(BundleFilter.builder().targetAppVersion(Optional.empty()), printed, ranged);
    assertOnlyFirst(BundleFilter.builder().targetAppVersionIn(List.of("1.x")), ranged, printed);
    assertOnlyFirst(BundleFilter.builder().targetAppVersionPresent(true), ranged, printed);
    assertOnlyFirst(BundleFilter.builder().fingerprintHash(Optional.of("fp")), printed, ranged);
    assertOnlyFirst(BundleFilter.builder().fingerprintHash(Optional.empty()), ranged, printed);
  }

  private static void assertOnlyFirst(BundleFilter.Builder filter, Bundle in, Bundle out) {
    assertTrue(filter.build().matches(in));
    assertFalse(filter.build().matches(out));
  }
}
