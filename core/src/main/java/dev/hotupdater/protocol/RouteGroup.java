package dev.hotupdater.protocol;

import dev.hotupdater.http.Access;
import dev.hotupdater.http.Route;
import java.util.List;

/**
 * Routes that are mounted together, with one rule of who may use them. Implement it to add routes
 * of your own beside those of the library.
 */
public interface RouteGroup {
  /** A short name for logs and error messages, such as {@code bundles}. */
  String name();

  /** Who may use the routes. It is asked before anything of a matching request is looked at. */
  Access access();

  /**
   * The routes, over the parts of the server they are mounted in. Called once, when the server is
   * built.
   */
  List<Route> routes(Backend backend);
}
