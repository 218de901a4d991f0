package dev.hotupdater.bundle;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param bundles the bundles of the page, greatest id first
 * @param pagination where the page stands in its listing
 */
public record BundlePage(List<Bundle> bundles, Pagination pagination) {
  /** Copies the list. */
  public BundlePage {
    bundles = List.copyOf(bundles);
  }

  /**
   * The page of a query, put together from what a database found. It is here so that a database
   * which pages by itself has to count and to fetch, and nothing else.
   *
   * @param query what was asked for
   * @param bundles the bundles of the page, greatest id first
   * @param total how many bundles pass the filter, whatever the window
   * @param preceding how many of them have a greater id than the first of the page; not used if the
   *     page is empty
   */
  public static BundlePage of(BundleQuery query, List<Bundle> bundles, int total, int preceding) {
    BundleQuery.Window window = query.window();
    int start = bundles.isEmpty() ? emptyPageStart(window, total) : preceding;
    boolean filled = !bundles.isEmpty();
    Optional<BundleId> next =
        filled && start + bundles.size() < total
            ? Optional.of(bundles.get(bundles.size() - 1).id())
            : Optional.empty();
    Optional<BundleId> previous =
        filled && start > 0 ? Optional.of(bundles.get(0).id()) : Optional.empty();
    if (!filled && window instanceof BundleQuery.Window.After) {
      previous = Optional.of(((BundleQuery.Window.After) window).cursor());
    }
    if (!filled && window instanceof BundleQuery.Window.Before) {
      next = Optional.of(((BundleQuery.Window.Before) window).cursor());
    }
    int limit = query.limit();
    Pagination pagination =
        total == 0
            ? new Pagination(0, false, false, 1, 0, next, previous)
            : new Pagination(
                total,
                start + limit < total,
                start > 0,
                start / limit + 1,
                (total + limit - 1) / limit,
                next,
                previous);
    return new BundlePage(bundles, pagination);
  }

  private static int emptyPageStart(BundleQuery.Window window, int total) {
    return window instanceof BundleQuery.Window.After ? total : 0;
  }
}
