package dev.hotupdater.protocol.capacitor;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.BasePath;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RateLimit;
import dev.hotupdater.http.Route;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Answers apps with Capgo's updater plugin, {@code @capgo/capacitor-updater} of version 5 to 8, and
 * that of Electron. Public unless {@link #requiresAccess} says otherwise. Immutable: each option
 * gives a new group.
 *
 * <p>The configuration of an app names the addresses below the path that the group is mounted at:
 *
 * <ul>
 *   <li>{@code updateUrl}: {@code /updates}
 *   <li>{@code statsUrl}: {@code /stats}
 *   <li>{@code channelUrl}: {@code /channel_self}
 * </ul>
 *
 * <p>Each app tells its id; there must be an app with that. What a plugin is answered depends on
 * its version, since what one takes for "there is nothing new" is a failed download for another.
 *
 * <p>A release that is mandatory is offered like any other: the protocol has nothing for it that
 * all clients understand, and when an update is installed is up to the configuration of the app.
 */
public final class CapgoRoutes implements RouteGroup {
  private static final String NAME = "capgo";
  private static final HttpResponse STATUS_OK = Answers.ok(Answers.statusOk());

  private final String path;
  private final Optional<Access> access;
  private final Optional<RateLimit> rateLimit;

  private CapgoRoutes(String path, Optional<Access> access, Optional<RateLimit> rateLimit) {
    this.path = path;
    this.access = access;
    this.rateLimit = rateLimit;
  }

  /**
   * The group at a path below the base path of the server.
   *
   * @param path {@code ""}, or a path such as {@code /capgo}
   * @throws IllegalArgumentException if it is none
   */
  public static CapgoRoutes at(String path) {
    return new CapgoRoutes(BasePath.checked(path), Optional.empty(), Optional.empty());
  }

  /**
   * This group for those alone whom the rule lets in. The plugin sends no credentials: the rule can
   * go by the query of the addresses that an app is configured with, or by what is in front of the
   * server.
   */
  public CapgoRoutes requiresAccess(Access access) {
    return new CapgoRoutes(path, Optional.of(access), rateLimit);
  }

  /**
   * This group with a limit of how often a client may ask, such as {@link #rateLimit(int,
   * Duration)}. Old plugins that were refused once ask for nothing any more until their app is
   * started again, so it should be one that no app reaches.
   *
   * <p>A server that is open to everybody should have one: whoever makes up device ids can have
   * each choose a channel at {@code /channel_self}, and each choice is a row in the database for
   * ever.
   */
  public CapgoRoutes rateLimited(RateLimit limit) {
    return new CapgoRoutes(path, access, Optional.of(limit));
  }

  /**
   * A limit whose refusals are as the plugin expects them.
   *
   * @param burst how many requests a client may make at once; at least 1
   * @param interval after how long it may make one more; at least a microsecond
   * @throws IllegalArgumentException if one of them is less
   */
  public static RateLimit rateLimit(int burst, Duration interval) {
    return RateLimit.builder(burst, interval).body(CapgoRoutes::refusal).build();
  }

  /** The newest plugins wait for as long as this says. Source: Capacitor protocols, section A3. */
  private static String refusal(Duration wait) {
    return Answers.error("too_many_requests", "Too many requests", Answers.Kind.FAILED)
        .put("retryAfterSeconds", wait.toSeconds())
        .toString();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Access access() {
    return access.orElseGet(Access::delegated);
  }

  @Override
  public Optional<RateLimit> rateLimit() {
    return rateLimit;
  }

  @Override
  public List<Route> routes(Backend backend) {
    // Both throw if the database does not record what is needed.
    backend.releases(RequestContext.none());
    backend.devices(RequestContext.none());
    CheckOptions options = CheckOptions.capgo();
    Manifests manifests = new Manifests(backend.storage());
    CapacitorUpdateCheck check = CapacitorUpdateCheck.of(backend, options, manifests);
    ManifestSizeHandler sizes = new ManifestSizeHandler(backend, manifests);
    StatisticsHandler statistics = new StatisticsHandler(backend, new AskedApp(options.app()));
    ChannelHandler channels = new ChannelHandler(backend, options);
    String updates = path + "/updates";
    String channelSelf = path + "/channel_self";
    return List.of(
        Route.of("POST", updates, check.post()),
        Route.of("GET", updates, request -> STATUS_OK),
        Route.of("POST", updates + "/manifest_size", sizes::answer),
        Route.of("POST", path + "/stats", statistics::answer),
        Route.of("POST", channelSelf, channels::set),
        Route.of("PUT", channelSelf, channels::get),
        Route.of("GET", channelSelf, channels::list),
        Route.of("DELETE", channelSelf, channels::unset));
  }
}
