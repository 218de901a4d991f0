package dev.hotupdater.protocol;

import dev.hotupdater.http.Access;
import dev.hotupdater.http.RateLimit;
import dev.hotupdater.http.Route;
import java.util.List;
import java.util.Optional;

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
   * How many requests one client may make of these routes, counted before it is asked who may use
   * them; absent, the default, if that is not limited.
   */
  default Optional<RateLimit> rateLimit() {
    return Optional.empty();
  }

  /**
   * The routes, over the parts of the server they are mounted in. Called once, when the server is
   * built.
   */
  List<Route> routes(Backend backend);
}
