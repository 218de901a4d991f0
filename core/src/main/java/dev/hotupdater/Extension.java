package dev.hotupdater;

import dev.hotupdater.protocol.Backend;

/**
 * Something that works beside the routes of a server, such as making patches of what is published.
 * It is told of changes, of what is published, and of the end of the server by {@link
 * Backend#onCatalogChange}.
 */
public interface Extension {
  /**
   * Called once, when the server is built. Opens no connection, and throws nothing but what is
   * wrong with the configuration.
   */
  void start(Backend backend);
}
