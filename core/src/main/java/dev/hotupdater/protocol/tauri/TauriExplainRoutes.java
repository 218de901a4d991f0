package dev.hotupdater.protocol.tauri;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.BasePath;
import dev.hotupdater.http.Route;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import java.util.List;

/**
 * Tells the owner of an app why a client gets what it gets: {@code GET
 * /apps/:app_id/explain?target=&arch=&bundle=&current_version=&channel=&install_id=&user_agent=}
 * below the path that the group is mounted at. {@code target}, {@code arch} and {@code
 * current_version} are required. Immutable: each option gives a new group.
 */
public final class TauriExplainRoutes implements RouteGroup {
  private static final String NAME = "tauriExplain";

  private final String path;
  private final String defaultChannel;
  private final Access access;

  private TauriExplainRoutes(String path, String defaultChannel, Access access) {
    this.path = path;
    this.defaultChannel = defaultChannel;
    this.access = requireNonNull(access, "access");
  }

  /** A path without a rule yet of who may use it. */
  public static final class Unprotected {
    private final String path;

    private Unprotected(String path) {
      this.path = path;
    }

    /** The group for those whom the rule lets in. It tells of drafts, too. */
    public TauriExplainRoutes protectedBy(Access access) {
      return new TauriExplainRoutes(path, ClientDescription.DEFAULT_CHANNEL, access);
    }
  }

  /**
   * Begins a group at a path below the base path of the server, which may be that of the {@link
   * TauriUpdateRoutes}.
   *
   * @param path {@code ""}, or a path such as {@code /api/sync/ota}
   * @throws IllegalArgumentException if it is none
   */
  public static Unprotected at(String path) {
    return new Unprotected(BasePath.checked(path));
  }

  /**
   * This group with another channel for clients that name none, to be the same as that of the
   * {@link TauriUpdateRoutes}. The default is {@code stable}.
   *
   * @throws dev.hotupdater.release.InvalidReleaseException if no channel can have this name
   */
  public TauriExplainRoutes defaultChannel(String channel) {
    return new TauriExplainRoutes(path, ClientDescription.checkedChannel(channel), access);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Access access() {
    return access;
  }

  @Override
  public List<Route> routes(Backend backend) {
    // Throws if the database records no releases.
    backend.releases(RequestContext.none());
    ExplainHandler handler = new ExplainHandler(backend, defaultChannel);
    return List.of(Route.of("GET", path + "/apps/:app_id/explain", handler::answer));
  }
}
