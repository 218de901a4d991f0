package dev.hotupdater.protocol.synckit;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.http.Access;
import dev.hotupdater.http.BasePath;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.Route;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.publishing.ReleasePublishing;
import dev.hotupdater.release.AppId;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The management of apps and releases as publishers of SyncKit OTA know it. Not mounted unless the
 * server is built with it. It may be mounted at the same path as the routes that clients ask for
 * updates: no app has the slug {@code apps}. Immutable.
 *
 * <p>Answers to what SyncKit documents have the documented fields first, in their order; requests
 * may leave out, and have, fields that it does not document. Source: Tauri protocol, section 9.
 */
public final class SyncKitRoutes implements RouteGroup {
  private final String path;
  private final Access access;
  private final BiPredicate<HttpRequest, AppId> ownership;
  private final ReleasePublishing.Builder publishing;

  private SyncKitRoutes(
      String path,
      Access access,
      BiPredicate<HttpRequest, AppId> ownership,
      ReleasePublishing.Builder publishing) {
    this.path = path;
    this.access = access;
    this.ownership = ownership;
    this.publishing = publishing;
  }

  /**
   * Routes at this path, below the base path of the server.
   *
   * @param path such as {@code /api/sync/ota}, or {@code ""}
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
    public SyncKitRoutes protectedBy(Access access) {
      return new SyncKitRoutes(
          path,
          requireNonNull(access, "access"),
          (request, app) -> true,
          ReleasePublishing.builder());
    }
  }

  /**
   * The group with a rule of whose app is whose; the default is that everybody with access may
   * manage all apps, and create them.
   *
   * @param ownership whether the sender of a request, which has access, may manage the app, or
   *     create it if there is none; safe for use by many threads
   */
  public SyncKitRoutes ownedBy(BiPredicate<HttpRequest, AppId> ownership) {
    return new SyncKitRoutes(path, access, requireNonNull(ownership, "ownership"), publishing);
  }

  /** The group with other settings for publishing, which it starts together with the server. */
  public SyncKitRoutes publishing(ReleasePublishing.Builder publishing) {
    return new SyncKitRoutes(path, access, ownership, requireNonNull(publishing, "publishing"));
  }

  @Override
  public String name() {
    return "synckit";
  }

  @Override
  public Access access() {
    return access;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the server cannot publish releases, see {@link
   *     ReleasePublishing.Builder#start}
   */
  @Override
  public List<Route> routes(Backend backend) {
    ReleasePublishing parts = publishing.start(backend);
    AppRoutes apps = new AppRoutes(parts);
    ReleaseRoutes releases = new ReleaseRoutes(parts, backend);
    ArtifactRoutes artifacts = new ArtifactRoutes(parts, backend.storage());
    String app = path + "/apps/:app_id";
    String all = app + "/releases";
    String release = all + "/:release_id";
    String artifact = release + "/artifacts/:artifact_id";
    return List.of(
        route("PUT", app + "/slug", apps::setSlug),
        route("PUT", app + "/keys", apps::setKeys),
        route("GET", app, apps::find),
        route("POST", all, releases::create),
        route("GET", all, releases::list),
        route("GET", release, releases::find),
        route("PATCH", release, releases::change),
        route("DELETE", release, releases::delete),
        route("POST", release + "/publish", releases::publish),
        route("POST", release + "/yank", releases::yank),
        route("POST", release + "/artifacts", artifacts::announce),
        route("POST", artifact + "/complete", artifacts::complete),
        route("DELETE", artifact, artifacts::withdraw));
  }

  private Route route(String method, String pattern, ManagedRoute.Handler handler) {
    return Route.of(method, pattern, new ManagedRoute(ownership, handler));
  }
}
