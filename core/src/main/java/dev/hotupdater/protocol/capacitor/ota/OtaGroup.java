package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.http.Access;
import dev.hotupdater.http.RateLimit;
import dev.hotupdater.http.Route;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some of the routes of an own OTA server.
 *
 * @param name its name, with the path: there is one of each at every path
 * @param access who may use it
 * @param rateLimit how many requests one client may make
 * @param over gives the routes over the parts of a server
 */
record OtaGroup(
    String name, Access access, Optional<RateLimit> rateLimit, Function<Backend, List<Route>> over)
    implements RouteGroup {
  @Override
  public List<Route> routes(Backend backend) {
    return over.apply(backend);
  }
}
