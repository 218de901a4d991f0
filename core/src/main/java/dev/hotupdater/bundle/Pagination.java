package dev.hotupdater.bundle;

import java.util.Optional;

/**
 * Where a page stands in its listing. Source: Hot Updater protocol, "Listing".
 *
 * @param total how many bundles pass the filter, whatever the cursor
 * @param hasNextPage whether older bundles follow the page
 * @param hasPreviousPage whether newer bundles precede it
 * @param currentPage the number of the page, from 1
 * @param totalPages how many pages of this size there are; 0 if there is no bundle
 * @param nextCursor pass it as {@code after} to get the next page; absent if none follows
 * @param previousCursor pass it as {@code before} to get the previous page; absent if none precedes
 */
public record Pagination(
    int total,
    boolean hasNextPage,
    boolean hasPreviousPage,
    int currentPage,
    int totalPages,
    Optional<BundleId> nextCursor,
    Optional<BundleId> previousCursor) {}
