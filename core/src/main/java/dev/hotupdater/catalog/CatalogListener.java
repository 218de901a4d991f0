package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.context.RequestContext;
import java.util.List;

/**
 * Is told that decisions are made from another state of the bundles than before, whoever has
 * written it. Safe for use by many threads.
 */
@FunctionalInterface
public interface CatalogListener {
  /**
   * Called after the new state has come into effect, in the order of the states. It holds up the
   * next one, so it returns quickly and calls nothing that waits.
   */
  void changed(CatalogChange change);

  /** Called when the server is closed and no more changes are told; the default does nothing. */
  default void closed() {}

  /**
   * Bundles were published through this server; what other servers publish is not told here. Called
   * on the thread that has published, after the commit, so it returns quickly.
   */
  default void published(List<Bundle> bundles, RequestContext context) {}
}
