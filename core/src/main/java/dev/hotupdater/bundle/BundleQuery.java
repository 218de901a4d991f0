package dev.hotupdater.bundle;

/**
 * One page of a listing, newest bundle first. Source: Hot Updater protocol, "Listing".
 *
 * @param filter which bundles the listing is about
 * @param limit the most bundles on the page, 1 to {@value #MAX_LIMIT}
 * @param window where in the listing the page is
 */
public record BundleQuery(BundleFilter filter, int limit, Window window) {
  /** The page size of a query that names none. */
  public static final int DEFAULT_LIMIT = 50;

  /** The largest page size. */
  public static final int MAX_LIMIT = 100;

  /** Checks the limit. */
  public BundleQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT);
    }
  }

  /** The first page of the default size. */
  public static BundleQuery first(BundleFilter filter) {
    return new BundleQuery(filter, DEFAULT_LIMIT, new Window.First());
  }

  /** Where in the listing a page is. */
  public sealed interface Window {
    /** At the start. */
    record First() implements Window {}

    /**
     * At a multiple of the limit; beyond the end it means the last page.
     *
     * @param number 1 for the first page
     */
    record Page(int number) implements Window {
      /** Checks the number. */
      public Page {
        if (number < 1) {
          throw new IllegalArgumentException("page must be positive");
        }
      }
    }

    /**
     * The bundles that follow a cursor.
     *
     * @param cursor all bundles of the page have a lesser id
     */
    record After(BundleId cursor) implements Window {}

    /**
     * The bundles that precede a cursor, those next to it.
     *
     * @param cursor all bundles of the page have a greater id
     */
    record Before(BundleId cursor) implements Window {}
  }
}
