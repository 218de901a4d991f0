package dev.hotupdater.protocol;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.http.Access;
import dev.hotupdater.http.RateLimit;
import dev.hotupdater.http.Route;
import java.util.List;
import java.util.Optional;

/** A group of routes of which one client may ask for so many in some time. Immutable. */
public final class RateLimitedRoutes implements RouteGroup {
  private final RouteGroup group;
  private final RateLimit limit;

  private RateLimitedRoutes(RouteGroup group, RateLimit limit) {
    this.group = requireNonNull(group, "group");
    this.limit = requireNonNull(limit, "limit");
  }

  /** This group with a limit. Groups that get the same limit are counted together. */
  public static RateLimitedRoutes of(RouteGroup group, RateLimit limit) {
    return new RateLimitedRoutes(group, limit);
  }

  @Override
  public String name() {
    return group.name();
  }

  @Override
  public Access access() {
    return group.access();
  }

  @Override
  public Optional<RateLimit> rateLimit() {
    return Optional.of(limit);
  }

  @Override
  public List<Route> routes(Backend backend) {
    return group.routes(backend);
  }
}
