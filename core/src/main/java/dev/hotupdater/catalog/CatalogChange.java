package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import java.util.List;

/**
 * How one state of the bundles differs from the state before it.
 *
 * @param before the bundles that were replaced or removed, as they were
 * @param after the bundles that were added, or took the place of others, as they are
 */
public record CatalogChange(List<Bundle> before, List<Bundle> after) implements StateChange {
  /** Copies the lists. */
  public CatalogChange {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Whether both states are the same. */
  @Override
  public boolean isEmpty() {
    return before.isEmpty() && after.isEmpty();
  }
}
