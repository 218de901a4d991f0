package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.http.Access;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.Route;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import java.util.List;

/**
 * Tells which version of the Hot Updater protocol the server speaks. The command line's {@code
 * doctor} compares it with the versions that need a newer server, so it is not the version of this
 * library. Always mounted.
 */
public final class VersionRoutes implements RouteGroup {
  /** The version of {@code @hot-updater/server} whose behaviour this library has. */
  public static final String PROTOCOL_VERSION = "0.36.3";

  private VersionRoutes() {}

  /** The group. */
  public static VersionRoutes create() {
    return new VersionRoutes();
  }

  @Override
  public String name() {
    return "version";
  }

  @Override
  public Access access() {
    return Access.delegated();
  }

  @Override
  public List<Route> routes(Backend backend) {
    String json = "{\"version\":\"" + PROTOCOL_VERSION + "\"}";
    return List.of(Route.of("GET", "/version", request -> HttpResponse.json(200, json)));
  }
}
