package dev.hotupdater.protocol.tauri;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.BasePath;
import dev.hotupdater.http.CachePolicy;
import dev.hotupdater.http.Route;
import dev.hotupdater.http.RouteHandler;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.release.Slug;
import java.util.List;
import java.util.Optional;

/**
 * Answers Tauri apps, of version 1 and 2, that ask for an update, and gives them what they
 * download. Public unless {@link #requiresAccess} says otherwise. Immutable: each option gives a
 * new group.
 *
 * <p>Below the path that the group is mounted at, an app with the slug {@code my-app} asks under
 * one of these endpoints, whichever its configuration names:
 *
 * <ul>
 *   <li>{@code /my-app/{{target}}/{{arch}}/{{current_version}}}
 *   <li>{@code /my-app/{{target}}-{{arch}}/{{current_version}}}
 *   <li>{@code /my-app/{{target}}/{{arch}}/{{bundle_type}}/{{current_version}}}
 * </ul>
 *
 * <p>Each may add {@code ?channel=beta}, and {@code ?bundle={{bundle_type}}} where the path does
 * not name it. A client for which there is nothing gets status 204, with the reason in the header
 * field {@code X-Update-Reason}.
 *
 * <p>{@code /my-app/latest.json} and {@code /my-app/beta/latest.json} are static manifests, for
 * clients that cannot ask. They tell everybody the same: the newest release that is rolled out to
 * all and demands no minimum version. So an older release for a platform that the newest one lacks
 * is not in them, and neither is one still being rolled out. Each file has one signature, so when
 * an app changes its key, they serve the clients that have the key of the version before. The
 * endpoints above have none of these limits.
 */
public final class TauriUpdateRoutes implements RouteGroup {
  private static final String NAME = "tauriUpdates";
  private static final String APP = "/:" + AppLookup.PARAMETER;

  private final Options options;

  /** What can be chosen; the access is absent if everybody may ask. */
  private record Options(
      String path,
      CachePolicy cachePolicy,
      String installIdHeader,
      String defaultChannel,
      Optional<Access> access) {}

  private TauriUpdateRoutes(Options options) {
    this.options = options;
  }

  /** The group at the base path of the server. */
  public static TauriUpdateRoutes create() {
    return at("");
  }

  /**
   * The group at a path below the base path of the server.
   *
   * @param path {@code ""}, or a path such as {@code /api/sync/ota}
   * @throws IllegalArgumentException if it is none
   */
  public static TauriUpdateRoutes at(String path) {
    return new TauriUpdateRoutes(
        new Options(
            BasePath.checked(path),
            CachePolicy.revalidate(),
            ClientDescription.INSTALL_ID_HEADER,
            ClientDescription.DEFAULT_CHANNEL,
            Optional.empty()));
  }

  /**
   * This group with another rule of how long clients and caches may use an answer again. The
   * default is {@link CachePolicy#revalidate()}: they keep it, and ask each time whether it is
   * still right. An answer that depends on the embedder's context of the request, and one of a
   * group that not everybody may use, is for the client alone.
   */
  public TauriUpdateRoutes cachePolicy(CachePolicy cachePolicy) {
    requireNonNull(cachePolicy, "cachePolicy");
    return new TauriUpdateRoutes(
        new Options(
            options.path,
            cachePolicy,
            options.installIdHeader,
            options.defaultChannel,
            options.access));
  }

  /**
   * This group with another header field by which a client names its installation, so that it can
   * be reached by a gradual rollout. The default is {@code X-Install-Id}. A value of more than 200
   * characters counts as none, and a client that sends none gets only what is rolled out to all.
   *
   * @throws IllegalArgumentException if no header field can have this name
   */
  public TauriUpdateRoutes installIdHeader(String name) {
    return new TauriUpdateRoutes(
        new Options(
            options.path,
            options.cachePolicy,
            ClientDescription.checkedHeaderName(name),
            options.defaultChannel,
            options.access));
  }

  /**
   * This group with another channel for clients that name none. The default is {@code stable}.
   *
   * @throws dev.hotupdater.release.InvalidReleaseException if no channel can have this name
   */
  public TauriUpdateRoutes defaultChannel(String channel) {
    return new TauriUpdateRoutes(
        new Options(
            options.path,
            options.cachePolicy,
            options.installIdHeader,
            ClientDescription.checkedChannel(channel),
            options.access));
  }

  /**
   * This group for those alone whom the rule lets in. The header fields that an app sends with its
   * check come with its download, too. Clients that are not let in try their next endpoint.
   */
  public TauriUpdateRoutes requiresAccess(Access access) {
    return new TauriUpdateRoutes(
        new Options(
            options.path,
            options.cachePolicy,
            options.installIdHeader,
            options.defaultChannel,
            Optional.of(access)));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Access access() {
    return options.access.orElseGet(Access::delegated);
  }

  @Override
  public List<Route> routes(Backend backend) {
    // Throws if the database records no releases.
    backend.releases(RequestContext.none());
    AppLookup apps = new AppLookup(backend);
    CacheControl cacheControl = new CacheControl(options.cachePolicy, options.access.isPresent());
    DownloadUrls urls = new DownloadUrls(backend.storage(), options.path);
    CheckHandler checks =
        new CheckHandler(
            apps,
            new ManifestAnswers(backend.storage(), options.installIdHeader),
            urls,
            cacheControl,
            new ClientReader(options.installIdHeader, options.defaultChannel));
    StaticManifests manifests =
        new StaticManifests(apps, backend.storage(), urls, cacheControl, options.defaultChannel);
    Downloads downloads = new Downloads(apps, backend.storage());
    // What begins with a word comes before what takes any word.
    return List.of(
        get("/latest.json", manifests::answer),
        get("/:channel/latest.json", manifests::answer),
        get("/download/:release_id/:artifact_id", downloads::answer),
        get("/download/:release_id/:target/:arch", downloads::answer),
        get("/:target_arch/:current_version", checks::answer),
        get("/:target/:arch/:current_version", checks::answer),
        get("/:target/:arch/:bundle_type/:current_version", checks::answer));
  }

  /** What no slug can be is a word of other routes, and left to them. */
  private Route get(String pattern, RouteHandler handler) {
    return Route.of("GET", options.path + APP + pattern, handler)
        .where(AppLookup.PARAMETER, text -> Slug.parse(text).isPresent());
  }
}
