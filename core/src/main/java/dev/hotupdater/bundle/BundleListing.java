package dev.hotupdater.bundle;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The listing of bundles that are all at hand. It defines what a database that pages by itself must
 * answer. Source: Hot Updater protocol, "Listing".
 */
public final class BundleListing {
  private BundleListing() {}

  /** The page that the query asks for. */
  public static BundlePage page(Collection<Bundle> bundles, BundleQuery query) {
    List<Bundle> listing =
        bundles.stream()
            .filter(query.filter()::matches)
            .sorted(Comparator.comparing(Bundle::id).reversed())
            .toList();
    int total = listing.size();
    int start = start(listing, query);
    int end = end(listing, query, start);
    return BundlePage.of(query, listing.subList(start, end), total, start);
  }

  /**
   * How many bundles precede a page that is asked for by its number: a page beyond the last means
   * the last.
   */
  public static int pageStart(BundleQuery.Window.Page page, int limit, int total) {
    int lastPage = total == 0 ? 1 : (total + limit - 1) / limit;
    return (Math.min(page.number(), lastPage) - 1) * limit;
  }

  private static int start(List<Bundle> listing, BundleQuery query) {
    BundleQuery.Window window = query.window();
    if (window instanceof BundleQuery.Window.Page) {
      return pageStart((BundleQuery.Window.Page) window, query.limit(), listing.size());
    }
    if (window instanceof BundleQuery.Window.After) {
      BundleId cursor = ((BundleQuery.Window.After) window).cursor();
      return (int) listing.stream().filter(b -> b.id().compareTo(cursor) >= 0).count();
    }
    if (window instanceof BundleQuery.Window.Before) {
      BundleId cursor = ((BundleQuery.Window.Before) window).cursor();
      return Math.max(0, countGreater(listing, cursor) - query.limit());
    }
    return 0;
  }

  private static int end(List<Bundle> listing, BundleQuery query, int start) {
    int end = Math.min(listing.size(), start + query.limit());
    if (query.window() instanceof BundleQuery.Window.Before) {
      BundleId cursor = ((BundleQuery.Window.Before) query.window()).cursor();
      return Math.min(end, countGreater(listing, cursor));
    }
    return end;
  }

  private static int countGreater(List<Bundle> listing, BundleId cursor) {
    return (int) listing.stream().filter(b -> b.id().compareTo(cursor) > 0).count();
  }
}
