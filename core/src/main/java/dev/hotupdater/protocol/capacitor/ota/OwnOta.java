package dev.hotupdater.protocol.capacitor.ota;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.http.Access;
import dev.hotupdater.http.BasePath;
import dev.hotupdater.http.RateLimit;
import dev.hotupdater.http.Route;
import dev.hotupdater.http.RouteHandler;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.protocol.StoredDownload;
import dev.hotupdater.protocol.capacitor.CapacitorStatistics;
import dev.hotupdater.protocol.capacitor.CapacitorUpdateCheck;
import dev.hotupdater.protocol.capacitor.CheckOptions;
import dev.hotupdater.publishing.web.WebPublishing;
import dev.hotupdater.release.AppId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The own OTA server of one Capacitor app: scripts sign in and upload web bundles and Android
 * packages, devices check and download, and to delete an upload is to go back to the one before.
 * Immutable: each option gives a new one.
 *
 * <p>It has three groups of routes, each of which is mounted by itself:
 *
 * <pre>{@code
 * OwnOta ota = OwnOta.forApp(AppId.of("com.example.app"));
 * HotUpdater.builder()
 *     .routes(ota.publicRoutes())
 *     .routes(ota.signInRoutes(login))
 *     .routes(ota.adminRoutes(login.access()))
 * }</pre>
 *
 * <p>A server for several apps mounts them {@link #at} different paths. These are the routes:
 *
 * <ul>
 *   <li>{@code POST /api/auth/login} with {@code username} and {@code password} as JSON gives a
 *       {@code token}.
 *   <li>{@code POST /api/ota/admin/ota/upload}, a form, publishes a web bundle: {@code file},
 *       {@code version}, and if need be {@code channel}, {@code checksum}, {@code platform}, {@code
 *       notes}, {@code link}, {@code mandatory}, {@code min_native_version}, {@code rollout} (0 to
 *       1000), {@code session_key} and {@code key_id}. {@code POST /api/ota/admin/apk/upload}
 *       publishes an Android package: {@code file}, {@code version} and {@code checksum}.
 *   <li>{@code GET /api/ota/admin/ota/history?channel=stable} lists the uploads, the last one
 *       first; with {@code removed=true} those that were deleted, too. {@code GET
 *       /api/ota/admin/apk/history} lists the packages.
 *   <li>{@code DELETE /api/ota/admin/ota/stable/1.2.0} deletes a version, for all platforms, and so
 *       does {@code DELETE /api/ota/admin/ota/bundle/stable-1.2.0.zip}. The last upload that is
 *       left is then the active one. {@code DELETE /api/ota/admin/apk/1.2.0} deletes a package.
 *   <li>{@code POST /api/ota/admin/ota/stable/1.2.0/activate} makes an earlier upload the active
 *       one.
 *   <li>{@code POST /api/ota/check} and {@code POST /check} tell a device which bundle it gets; GET
 *       does so with the fields in the query.
 *   <li>{@code POST /api/ota/stats} and {@code POST /stats} take what updater plugins tell, so that
 *       a version that failed on a device is not offered to it again: the {@code statsUrl} of an
 *       app should be one of them.
 *   <li>{@code GET /api/ota/manifest/stable} says which bundle is active, for a {@code ?platform=}
 *       of its own if there is one, and {@code GET /api/ota/apk/latest} which package.
 *   <li>{@code GET /api/ota/bundle/stable-1.2.0.zip}, {@code GET /api/ota/apk/1.2.0} and {@code GET
 *       /api/ota/apk/latest/download} are the files.
 * </ul>
 *
 * <p>A device may name every channel but a private one. Of a private channel nothing is found under
 * these addresses: a device that was given to it is told an address of the storage, which works for
 * a short time.
 *
 * <p>Source: Capacitor protocols, section B.
 */
public final class OwnOta {
  private static final int SIGN_IN_BURST = 10;
  private static final Duration SIGN_IN_INTERVAL = Duration.ofSeconds(6);
  private static final long DEFAULT_MAX_UPLOAD_BYTES = 2L << 30;

  private final Options options;

  private record Options(
      AppId app,
      String path,
      boolean legacyEmptyAnswer,
      RateLimit signInLimit,
      WebPublishing.Builder publishing,
      long maxUploadBytes,
      Path spoolDirectory) {}

  private OwnOta(Options options) {
    this.options = options;
  }

  /** The server of this app, at the base path. The first upload creates the app. */
  public static OwnOta forApp(AppId app) {
    return new OwnOta(
        new Options(
            requireNonNull(app, "app"),
            "",
            false,
            RateLimit.of(SIGN_IN_BURST, SIGN_IN_INTERVAL),
            WebPublishing.builder(),
            DEFAULT_MAX_UPLOAD_BYTES,
            Path.of(System.getProperty("java.io.tmpdir"))));
  }

  /**
   * This server with its routes below another path, which is below the base path.
   *
   * @param path {@code ""}, or a path such as {@code /my-app}
   * @throws IllegalArgumentException if it is none
   */
  public OwnOta at(String path) {
    return new OwnOta(
        new Options(
            options.app,
            BasePath.checked(path),
            options.legacyEmptyAnswer,
            options.signInLimit,
            options.publishing,
            options.maxUploadBytes,
            options.spoolDirectory));
  }

  /**
   * This server with {@code {}} as its answer to clients that are no updater plugin, if there is
   * nothing for them or they may not have it. The default is the answer that plugins get, which
   * take {@code {}} for a failure.
   */
  public OwnOta legacyEmptyAnswer() {
    return new OwnOta(
        new Options(
            options.app,
            options.path,
            true,
            options.signInLimit,
            options.publishing,
            options.maxUploadBytes,
            options.spoolDirectory));
  }

  /**
   * This server with another limit of how often somebody may try to sign in, which is counted for
   * each client and for each user name. The default is 10 times at once, and then once in 6
   * seconds. Who tries in somebody else's name uses up that one's attempts too; and behind a proxy
   * all clients are one, unless the server that this one is embedded in looks behind it. Servers
   * that get the same limit are counted together.
   */
  public OwnOta signInLimit(RateLimit limit) {
    return new OwnOta(
        new Options(
            options.app,
            options.path,
            options.legacyEmptyAnswer,
            requireNonNull(limit, "limit"),
            options.publishing,
            options.maxUploadBytes,
            options.spoolDirectory));
  }

  /** This server with other settings for publishing, which it starts together with the server. */
  public OwnOta publishing(WebPublishing.Builder publishing) {
    return new OwnOta(
        new Options(
            options.app,
            options.path,
            options.legacyEmptyAnswer,
            options.signInLimit,
            requireNonNull(publishing, "publishing"),
            options.maxUploadBytes,
            options.spoolDirectory));
  }

  /**
   * This server with another limit for the size of an uploaded file; the default is 2 GiB. What is
   * published may have a lower limit of its own.
   *
   * @param bytes at least 1
   * @throws IllegalArgumentException if it is less
   */
  public OwnOta maxUploadBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxUploadBytes must be positive");
    }
    return new OwnOta(
        new Options(
            options.app,
            options.path,
            options.legacyEmptyAnswer,
            options.signInLimit,
            options.publishing,
            bytes,
            options.spoolDirectory));
  }

  /**
   * This server with another directory for uploads that are still under way; the default is the
   * system's for temporary files. It must exist and have room for as many uploads as are made at
   * once. A process that is killed leaves theirs there, as {@code hotupdater-upload-*.tmp}.
   */
  public OwnOta spoolDirectory(Path directory) {
    return new OwnOta(
        new Options(
            options.app,
            options.path,
            options.legacyEmptyAnswer,
            options.signInLimit,
            options.publishing,
            options.maxUploadBytes,
            requireNonNull(directory, "directory")));
  }

  /**
   * What devices and download pages use, open to everybody: checks, statistics, which bundle and
   * which package are active, and downloads.
   *
   * <p>Mounting it throws {@link IllegalArgumentException} if the server's database records no
   * releases, or nothing of devices.
   */
  public RouteGroup publicRoutes() {
    return new OtaGroup(name("ownOta"), Access.delegated(), Optional.empty(), this::publicRoutes);
  }

  /** Where users get the token that they manage uploads with, within the limit for signing in. */
  public RouteGroup signInRoutes(SignIn signIn) {
    SignInHandler handler =
        new SignInHandler(requireNonNull(signIn, "signIn"), options.signInLimit);
    return new OtaGroup(
        name("ownOtaSignIn"),
        Access.delegated(),
        Optional.of(options.signInLimit),
        backend -> List.of(route("POST", "/api/auth/login", handler::answer)));
  }

  /**
   * Uploads, history, deletion and activation, for those whom {@code access} allows.
   *
   * <p>Mounting it throws {@link IllegalArgumentException} if the server cannot publish web
   * bundles, see {@link WebPublishing.Builder#start}.
   */
  public RouteGroup adminRoutes(Access access) {
    return new OtaGroup(
        name("ownOtaAdmin"), requireNonNull(access, "access"), Optional.empty(), this::adminRoutes);
  }

  private List<Route> publicRoutes(Backend backend) {
    Uploads uploads = new Uploads(backend, options.app);
    OtaAddresses addresses = addresses(backend, uploads);
    OtaDownloads downloads =
        new OtaDownloads(uploads, StoredDownload.forEverybody(backend.storage()));
    PublicAnswers answers = new PublicAnswers(uploads, addresses);
    CheckOptions ofChecks = checkOptions(addresses);
    CapacitorUpdateCheck check = CapacitorUpdateCheck.of(backend, ofChecks);
    CapacitorStatistics statistics = CapacitorStatistics.of(backend, ofChecks);
    return List.of(
        route("POST", "/api/ota/check", check.post()),
        route("GET", "/api/ota/check", check.get()),
        route("POST", "/check", check.post()),
        route("GET", "/check", check.get()),
        route("POST", "/api/ota/stats", statistics.post()),
        route("POST", "/stats", statistics.post()),
        route("GET", "/api/ota/bundle/:key", downloads::byKey),
        route("GET", "/api/ota/manifest/:channel", answers::manifest),
        route("GET", "/api/ota/apk/latest", answers::latestPackage),
        route("GET", "/api/ota/apk/latest/download", answers::latestPackageDownload),
        route("GET", "/api/ota/apk/:version", downloads::packageByVersion));
  }

  private CheckOptions checkOptions(OtaAddresses addresses) {
    CheckOptions ofApp =
        CheckOptions.ofOneApp(options.app)
            .withAddresses(
                (release, artifact, context) ->
                    addresses.lasting(new Upload(release, artifact), context));
    return options.legacyEmptyAnswer ? ofApp.withLegacyEmptyAnswer() : ofApp;
  }

  private List<Route> adminRoutes(Backend backend) {
    WebPublishing publishing = options.publishing.start(backend);
    Uploads uploads = new Uploads(backend, options.app);
    OtaAddresses addresses = addresses(backend, uploads);
    OtaUploads taking =
        new OtaUploads(
            uploads, publishing, addresses, options.maxUploadBytes, options.spoolDirectory);
    OtaHistory history = new OtaHistory(uploads);
    OtaChanges changes = new OtaChanges(uploads, publishing, addresses);
    String bundles = "/api/ota/admin/ota";
    String packages = "/api/ota/admin/apk";
    return List.of(
        route("POST", bundles + "/upload", taking::uploadBundle),
        route("GET", bundles + "/history", history::bundles),
        // What begins with a word comes before what takes any word.
        route("DELETE", bundles + "/bundle/:key", changes::deleteByKey)
            .where("key", OtaKey::isKeyInPath),
        route("DELETE", bundles + "/:channel/:version", changes::deleteBundle),
        route("POST", bundles + "/:channel/:version/activate", changes::activate),
        route("POST", packages + "/upload", taking::uploadPackage),
        route("GET", packages + "/history", history::packages),
        route("DELETE", packages + "/:version", changes::deletePackage));
  }

  private OtaAddresses addresses(Backend backend, Uploads uploads) {
    return new OtaAddresses(backend.storage(), uploads, options.path);
  }

  private Route route(String method, String pattern, RouteHandler handler) {
    return Route.of(method, options.path + pattern, handler);
  }

  private String name(String group) {
    return group + options.path;
  }
}
