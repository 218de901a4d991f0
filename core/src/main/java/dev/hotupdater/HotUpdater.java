package dev.hotupdater;

import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.catalog.BundleCatalog;
import dev.hotupdater.catalog.Bundles;
import dev.hotupdater.catalog.CatalogListener;
import dev.hotupdater.catalog.Devices;
import dev.hotupdater.catalog.Releases;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.Router;
import dev.hotupdater.internal.BoundedCalls;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.HealthReport;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.hotupdater.UpdateInfo;
import dev.hotupdater.protocol.hotupdater.UpdateResolver;
import dev.hotupdater.storage.Storages;
import java.util.List;
import java.util.Optional;

/**
 * An update server. It answers requests through {@link #handle}, which a binding connects to the
 * server that the embedder runs, and everything that the routes do can be called as a method too.
 *
 * <p>Immutable and safe for use by many threads. {@link #close()} stops the refresh in the
 * background, after it has waited up to two seconds until what devices told is recorded; the
 * database and the storages belong to the embedder and are left alone.
 */
public final class HotUpdater implements HttpHandler, AutoCloseable {
  private final Database database;
  private final BundleCatalog catalog;
  private final ReleaseAccess releases;
  private final DeviceAccess devices;
  private final BoundedCalls healthCalls;
  private final Parts parts;
  private final UpdateResolver updates;
  private final Router router;

  HotUpdater(HotUpdaterBuilder builder, Storages storages, List<RouteGroup> groups) {
    database = builder.database();
    healthCalls = new BoundedCalls(builder.storageTimeout());
    catalog = BundleCatalog.start(database, builder.freshness());
    releases = new ReleaseAccess(database, builder.freshness());
    devices = new DeviceAccess(database, builder.freshness(), builder.devices());
    parts =
        new Parts(
            new StorageAccess(
                storages,
                builder.publicUrl(),
                builder.basePath(),
                builder.storageTimeout(),
                builder.clock()),
            new HealthChecks(database, storages, catalog, releases, devices, healthCalls),
            builder.basePath());
    updates = new UpdateResolver(parts);
    try {
      Router.Builder routing = Router.builder(builder.basePath(), new Failures());
      groups.forEach(
          group -> routing.mount(group.routes(parts), group.access(), group.rateLimit()));
      router = routing.build();
      builder.extensions().forEach(extension -> extension.start(parts));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A builder. */
  public static HotUpdaterBuilder builder() {
    return new HotUpdaterBuilder();
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    return router.handle(request);
  }

  /**
   * The answer to a device that asks for an update, as the update check routes give it; empty if it
   * should keep what it has.
   *
   * @throws dev.hotupdater.database.DatabaseException if there is no state to decide from
   * @throws dev.hotupdater.storage.StorageException if a storage fails
   */
  public Optional<UpdateInfo> checkForUpdate(UpdateCheck check) {
    return checkForUpdate(check, RequestContext.none());
  }

  /** Like {@link #checkForUpdate(UpdateCheck)}, for a request of the embedder. */
  public Optional<UpdateInfo> checkForUpdate(UpdateCheck check, RequestContext context) {
    return updates.resolve(check, context);
  }

  /** The bundles: list, find, publish, change, delete. */
  public Bundles bundles() {
    return bundles(RequestContext.none());
  }

  /** The bundles that belong to a request of the embedder. */
  public Bundles bundles(RequestContext context) {
    return parts.bundles(context);
  }

  /**
   * The apps and releases: create, find, change, delete.
   *
   * @throws IllegalArgumentException if the database records no releases
   */
  public Releases releases() {
    return releases(RequestContext.none());
  }

  /**
   * The apps and releases that belong to a request of the embedder.
   *
   * @throws IllegalArgumentException if the database records no releases
   */
  public Releases releases(RequestContext context) {
    return parts.releases(context);
  }

  /**
   * What devices told, and the channels that they were given to.
   *
   * @throws IllegalArgumentException if the database records nothing of devices
   */
  public Devices devices() {
    return devices(RequestContext.none());
  }

  /**
   * What the devices of a request of the embedder told.
   *
   * @throws IllegalArgumentException if the database records nothing of devices
   */
  public Devices devices(RequestContext context) {
    return parts.devices(context);
  }

  /** The parts of this server, for those who write jobs or endpoints of their own over them. */
  public Backend backend() {
    return parts;
  }

  /** How the server and what it depends on are doing. Asked anew at most once a second. */
  public HealthReport health() {
    return parts.health();
  }

  /** Has the decisions ready in memory before the first device asks. */
  void warmUp() {
    catalog.warmUp();
    releases.warmUp();
    devices.warmUp();
  }

  @Override
  public void close() {
    catalog.close();
    releases.close();
    devices.close();
    parts.storage().close();
    healthCalls.close();
  }

  private final class Parts implements Backend {
    private final StorageAccess storage;
    private final HealthChecks health;
    private final String basePath;

    Parts(StorageAccess storage, HealthChecks health, String basePath) {
      this.storage = storage;
      this.health = health;
      this.basePath = basePath;
    }

    @Override
    public Bundles bundles(RequestContext context) {
      return Bundles.of(catalog, database, context);
    }

    @Override
    public Releases releases(RequestContext context) {
      return releases.of(context);
    }

    @Override
    public Devices devices(RequestContext context) {
      return devices.of(context);
    }

    @Override
    public void onCatalogChange(CatalogListener listener) {
      catalog.onChange(listener);
    }

    @Override
    public String basePath() {
      return basePath;
    }

    @Override
    public StorageAccess storage() {
      return storage;
    }

    @Override
    public HealthReport health() {
      return health.report();
    }
  }
}
