package dev.hotupdater.protocol.nativeupdate;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.BasePath;
import dev.hotupdater.http.CrossOrigin;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RateLimit;
import dev.hotupdater.http.Route;
import dev.hotupdater.http.RouteHandler;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.StoredDownload;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.UnsaidChannels;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Answers Capacitor apps with the plugin {@code native-update}. Public unless {@link
 * #requiresAccess} says otherwise. Immutable: each option gives a new group.
 *
 * <p>Below the path that the group is mounted at, these are the addresses that the plugin
 * documents, which JavaScript of an app calls:
 *
 * <ul>
 *   <li>{@code GET /api/v1/updates/check?appId&currentVersion&platform&channel}, with {@code
 *       updateAvailable}, and a {@code reason} if that is false
 *   <li>{@code GET /api/v1/bundles/{version}?appId&channel&platform}, whole or in parts
 *   <li>{@code POST /api/v1/updates/confirm} with {@code {appId, version, platform, success,
 *       deviceId}}, and {@code channel} if a version is on several
 * </ul>
 *
 * <p>The plugin itself asks below its {@code liveUpdate.serverUrl}, without naming its app: so each
 * app has its own, {@code /apps/com.example.app}. It asks {@code /check} there, and {@code
 * /app-version} for a newer package of Android, which is the newest one on the channel {@code apk}.
 * Where there is nothing it gets status 404, since it takes any other answer for an update.
 *
 * <p>What the plugin does not tell decides nothing. On Android and iOS it tells its channel alone,
 * so it is offered the active bundle of that each time, also one that it has, and that is older
 * than its app. A gradual rollout reaches those that send {@code deviceId} in the query or {@code
 * X-Device-Id}. A release with a lowest or highest native version is for callers that send {@code
 * nativeVersion}; the others are told the reason. All count as apps from a store on physical
 * devices. Bundles that were encrypted are never offered, and no client can be told to go back to
 * the bundle that came with its app. Nor are those offered whose {@code index.html} lies in a
 * folder of the zip, which the plugin on iOS cannot unpack: the reason is {@code no_root_index}.
 * Pack what is in the folder, not the folder.
 *
 * <p>Of a private channel nothing is found under the addresses above. A device that was given to it
 * is told an address of the storage, which works for a short time; where JavaScript downloads, the
 * storage has to allow the origins of the app, too.
 */
public final class NativeUpdateRoutes implements RouteGroup {
  private static final String NAME = "nativeUpdate";
  private static final String DOCUMENTED = "/api/v1";
  private static final String APP = "/apps/:" + AppLookup.PARAMETER;

  private final Options options;

  /** What can be chosen. */
  private record Options(
      String path,
      Optional<AppId> defaultApp,
      Optional<String> keyId,
      UnsaidChannels unsaidChannels,
      CrossOrigin crossOrigin,
      Optional<Access> access) {}

  private NativeUpdateRoutes(Options options) {
    this.options = options;
  }

  /** The group at the base path of the server. */
  public static NativeUpdateRoutes create() {
    return at("");
  }

  /**
   * The group at a path below the base path of the server.
   *
   * @param path {@code ""}, or a path such as {@code /native-update}
   * @throws IllegalArgumentException if it is none
   */
  public static NativeUpdateRoutes at(String path) {
    return new NativeUpdateRoutes(
        new Options(
            BasePath.checked(path),
            Optional.empty(),
            Optional.empty(),
            UnsaidChannels.OPEN,
            CrossOrigin.none(),
            Optional.empty()));
  }

  /**
   * A limit for this group, to be given to {@link dev.hotupdater.protocol.RateLimitedRoutes}: a
   * client that is refused finds no update in the answer.
   *
   * @param burst how many requests a client may make at once; at least 1
   * @param interval after how long it may make one more; at least a microsecond
   * @throws IllegalArgumentException if one of them is less
   */
  public static RateLimit rateLimit(int burst, Duration interval) {
    return RateLimit.builder(burst, interval)
        .body(
            wait ->
                "{\"error\":\"rate_limited\",\"available\":false,\"updateAvailable\":false,"
                    + "\"retryAfterSeconds\":"
                    + wait.toSeconds()
                    + "}")
        .build();
  }

  /** This group with an app for requests to the documented addresses that name none. */
  public NativeUpdateRoutes defaultApp(AppId app) {
    return new NativeUpdateRoutes(
        new Options(
            options.path,
            Optional.of(app),
            options.keyId,
            options.unsaidChannels,
            options.crossOrigin,
            options.access));
  }

  /**
   * This group with the key whose public half the apps have. Then only bundles with a signature of
   * it are offered.
   *
   * <p>Without this option clients get the first signature of each bundle in the order of its
   * record: the one of the first of the {@link dev.hotupdater.signature.SigningKeys} that it was
   * published with. Keys that sign it again later come behind. So with a key alone it need not be
   * set; while apps have different public keys, mount the group once for each of them, at different
   * paths, and sign with all keys:
   *
   * <pre>{@code
   * .routes(NativeUpdateRoutes.create().signedWith(oldKey.id()))
   * .routes(NativeUpdateRoutes.at("/2").signedWith(newKey.id()))
   * }</pre>
   *
   * @param keyId as {@link dev.hotupdater.signature.RsaSigningKey#id} tells it
   */
  public NativeUpdateRoutes signedWith(String keyId) {
    return new NativeUpdateRoutes(
        new Options(
            options.path,
            options.defaultApp,
            Optional.of(keyId),
            options.unsaidChannels,
            options.crossOrigin,
            options.access));
  }

  /**
   * This group with the channels closed that the settings of the app do not name: they are for
   * devices alone that were given to them, as private ones are.
   *
   * <p>Without this option a client gets the bundles of every channel that it names and that is not
   * private. Where {@link dev.hotupdater.protocol.capacitor.CapgoRoutes} serve the same app, which
   * know no channels but those of its settings, this group would so give everybody what they give
   * nobody: the bundles of a channel that was published on, but never configured.
   */
  public NativeUpdateRoutes closedChannels() {
    return new NativeUpdateRoutes(
        new Options(
            options.path,
            options.defaultApp,
            options.keyId,
            UnsaidChannels.CLOSED,
            options.crossOrigin,
            options.access));
  }

  /**
   * This group for JavaScript of pages of these origins, which the WebView of an app has as well:
   * {@code capacitor://localhost} on iOS and {@code https://localhost} on Android. Without this
   * option, and without {@link #allowAnyOrigin}, no such page can read the answers.
   *
   * @throws IllegalArgumentException if one is no origin
   */
  public NativeUpdateRoutes allowOrigins(Collection<String> origins) {
    return withCrossOrigin(CrossOrigin.of(origins));
  }

  /** This group for JavaScript of every page. */
  public NativeUpdateRoutes allowAnyOrigin() {
    return withCrossOrigin(CrossOrigin.any());
  }

  private NativeUpdateRoutes withCrossOrigin(CrossOrigin crossOrigin) {
    return new NativeUpdateRoutes(
        new Options(
            options.path,
            options.defaultApp,
            options.keyId,
            options.unsaidChannels,
            crossOrigin,
            options.access));
  }

  /**
   * This group for those alone whom the rule lets in. The plugin itself sends no credentials: this
   * is for apps whose own JavaScript asks and downloads.
   */
  public NativeUpdateRoutes requiresAccess(Access access) {
    return new NativeUpdateRoutes(
        new Options(
            options.path,
            options.defaultApp,
            options.keyId,
            options.unsaidChannels,
            options.crossOrigin,
            Optional.of(access)));
  }

  /** With the path: there is one of each at every path. */
  @Override
  public String name() {
    return NAME + options.path;
  }

  @Override
  public Access access() {
    return options.access.map(options.crossOrigin::openedTo).orElseGet(Access::delegated);
  }

  @Override
  public List<Route> routes(Backend backend) {
    // Throws if the database records no releases, or nothing of devices.
    backend.releases(RequestContext.none());
    backend.devices(RequestContext.none());
    AppLookup apps = new AppLookup(options.defaultApp);
    Addresses addresses = new Addresses(backend.storage(), options.path);
    CheckHandler checks =
        new CheckHandler(backend, apps, addresses, options.unsaidChannels, options.keyId);
    PackageHandler packages = new PackageHandler(backend, apps, addresses);
    FileHandler files =
        new FileHandler(backend, apps, downloads(backend.storage()), options.unsaidChannels);
    ConfirmationHandler confirmations =
        new ConfirmationHandler(backend, apps, options.unsaidChannels);
    return options.crossOrigin.applyTo(
        List.of(
            route("GET", DOCUMENTED + "/updates/check", checks::answer),
            route("POST", DOCUMENTED + "/updates/confirm", confirmations::answer),
            route("GET", DOCUMENTED + "/bundles/:version", secured(files::bundle)),
            route("GET", APP + "/check", checks::answerPlugin),
            route("GET", APP + "/app-version", packages::answer),
            route("GET", APP + "/bundles/:version", secured(files::bundle)),
            route("GET", APP + "/packages/:version", secured(files::androidPackage))));
  }

  private StoredDownload downloads(StorageAccess storage) {
    return options.access.isPresent()
        ? StoredDownload.forCallersWithAccess(storage)
        : StoredDownload.forEverybody(storage);
  }

  private Route route(String method, String pattern, RouteHandler handler) {
    return Route.of(method, options.path + pattern, Explained.of(handler));
  }

  /** What somebody has published is never a page of this server, nor part of one. */
  private static RouteHandler secured(RouteHandler handler) {
    return request -> {
      HttpResponse answer = handler.handle(request);
      return answer.toBuilder()
          .header("Content-Security-Policy", "default-src 'none'; sandbox")
          .header("X-Frame-Options", "DENY")
          .header("Referrer-Policy", "no-referrer")
          .header("Cross-Origin-Resource-Policy", "cross-origin")
          .build();
    };
  }
}
