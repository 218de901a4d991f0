package dev.hotupdater.protocol.liveupdates;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.BasePath;
import dev.hotupdater.http.Route;
import dev.hotupdater.http.RouteHandler;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.publishing.web.WebPublishing;
import java.util.List;

/**
 * Manages how the web bundles of apps are delivered, whatever protocol their devices speak. Cannot
 * be mounted without saying who may use it. Immutable: each option gives a new group.
 *
 * <p>Below the path that the group is mounted at:
 *
 * <ul>
 *   <li>{@code GET, PUT /apps/:app_id}: default channel and rules of an app
 *   <li>{@code PUT, DELETE /apps/:app_id/channels/:channel}: who gets a channel, and its rules
 *   <li>{@code GET /apps/:app_id/channels/:channel/releases}: its releases, last upload first
 *   <li>{@code PATCH, DELETE /apps/:app_id/releases/:release_id}: rollout and rules of a release
 *   <li>{@code POST /apps/:app_id/releases/:release_id/activate}
 *   <li>{@code GET, PUT, DELETE /apps/:app_id/devices/:device_id/channel}
 *   <li>{@code GET, PUT, DELETE /apps/:app_id/custom-ids/:custom_id/channel}
 *   <li>{@code GET /apps/:app_id/statistics}: what became of each release on how many devices
 *   <li>{@code POST /apps/:app_id/cleanup}: removes old releases
 *   <li>{@code POST /apps/:app_id/signatures}: signs with keys that came later
 * </ul>
 */
public final class LiveUpdateRoutes implements RouteGroup {
  private final String path;
  private final Access access;
  private final WebPublishing.Builder publishing;

  private LiveUpdateRoutes(String path, Access access, WebPublishing.Builder publishing) {
    this.path = path;
    this.access = access;
    this.publishing = publishing;
  }

  /**
   * Routes at this path, below the base path of the server.
   *
   * @param path such as {@code /api/live-updates}, or {@code ""}
   * @throws IllegalArgumentException if it is no path
   */
  public static Unprotected at(String path) {
    return new Unprotected(path);
  }

  /**
   * Routes of which it is not said yet who may use them.
   *
   * @param path where they are mounted
   */
  public record Unprotected(String path) {
    /** Checks the path. */
    public Unprotected {
      BasePath.checked(path);
    }

    /** The group, for those whom {@code access} allows. */
    public LiveUpdateRoutes protectedBy(Access access) {
      return new LiveUpdateRoutes(path, requireNonNull(access, "access"), WebPublishing.builder());
    }
  }

  /** The group with other settings for publishing. */
  public LiveUpdateRoutes publishing(WebPublishing.Builder publishing) {
    return new LiveUpdateRoutes(path, access, requireNonNull(publishing, "publishing"));
  }

  @Override
  public String name() {
    return "liveUpdates";
  }

  @Override
  public Access access() {
    return access;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the server records no releases or devices, or has no
   *     storage that can be written to
   */
  @Override
  public List<Route> routes(Backend backend) {
    backend.devices(RequestContext.none());
    WebPublishing publisher = publishing.start(backend);
    AppRoutes apps = new AppRoutes(backend);
    ReleaseRoutes releases = new ReleaseRoutes(backend, publisher);
    DeviceRoutes devices = new DeviceRoutes(backend);
    String app = path + "/apps/:app_id";
    String channel = app + "/channels/:channel";
    String release = app + "/releases/:release_id";
    return List.of(
        route("GET", app, apps::find),
        route("PUT", app, apps::put),
        route("PUT", channel, apps::putChannel),
        route("DELETE", channel, apps::deleteChannel),
        route("GET", channel + "/releases", releases::list),
        route("PATCH", release, releases::change),
        route("DELETE", release, releases::remove),
        route("POST", release + "/activate", releases::activate),
        route("GET", app + "/devices/:device_id/channel", devices::find),
        route("PUT", app + "/devices/:device_id/channel", devices::assign),
        route("DELETE", app + "/devices/:device_id/channel", devices::unassign),
        route("GET", app + "/custom-ids/:custom_id/channel", devices::find),
        route("PUT", app + "/custom-ids/:custom_id/channel", devices::assign),
        route("DELETE", app + "/custom-ids/:custom_id/channel", devices::unassign),
        route("GET", app + "/statistics", devices::statistics),
        route("POST", app + "/cleanup", releases::cleanUp),
        route("POST", app + "/signatures", releases::sign));
  }

  private static Route route(String method, String pattern, RouteHandler handler) {
    return Route.of(method, pattern, handler);
  }
}
