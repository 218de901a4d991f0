package dev.hotupdater;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.catalog.DeviceSettings;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.http.BasePath;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.protocol.files.FileRoutes;
import dev.hotupdater.protocol.hotupdater.UpdateCheckRoutes;
import dev.hotupdater.protocol.hotupdater.VersionRoutes;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.Storages;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds a {@link HotUpdater}. Not thread-safe. */
public final class HotUpdaterBuilder {
  private static final Logger log = LoggerFactory.getLogger(HotUpdater.class);
  private static final Duration DEFAULT_STORAGE_TIMEOUT = Duration.ofSeconds(10);

  private @Nullable Database database;
  private final List<Storage> storages = new ArrayList<>();
  private final List<RouteGroup> routeGroups = new ArrayList<>();
  private final List<Extension> extensions = new ArrayList<>();
  private Optional<UpdateCheckRoutes> updateChecks = Optional.of(UpdateCheckRoutes.create());
  private String basePath = "";
  private @Nullable URI publicUrl;
  private Freshness freshness = Freshness.polling();
  private Optional<DeviceSettings> devices = Optional.empty();
  private Duration storageTimeout = DEFAULT_STORAGE_TIMEOUT;
  private Clock clock = Clock.systemUTC();

  HotUpdaterBuilder() {}

  /** Sets the database that bundles are recorded in; required. */
  public HotUpdaterBuilder database(Database database) {
    this.database = requireNonNull(database, "database");
    return this;
  }

  /**
   * Adds a storage that bundles may refer to. Each serves one URI scheme. The download route of a
   * {@link FileStorage} is mounted with it.
   */
  public HotUpdaterBuilder storage(Storage storage) {
    storages.add(requireNonNull(storage, "storage"));
    return this;
  }

  /**
   * Sets the path below which the routes are mounted, such as {@code /hot-updater}; the default is
   * the root.
   */
  public HotUpdaterBuilder basePath(String basePath) {
    this.basePath = requireNonNull(basePath, "basePath");
    return this;
  }

  /**
   * Sets the address under which clients reach the server, without the base path, such as {@code
   * https://updates.example.com}. It is needed for the download addresses of a {@link FileStorage};
   * without it they get the address under which each request reached the server, as the request's
   * Host header tells it.
   */
  public HotUpdaterBuilder publicUrl(URI publicUrl) {
    this.publicUrl = requireNonNull(publicUrl, "publicUrl");
    return this;
  }

  /** Mounts a group of routes. {@code /version} and the update checks are mounted without it. */
  public HotUpdaterBuilder routes(RouteGroup group) {
    routeGroups.add(requireNonNull(group, "group"));
    return this;
  }

  /** Adds something that works beside the routes. */
  public HotUpdaterBuilder extension(Extension extension) {
    extensions.add(requireNonNull(extension, "extension"));
    return this;
  }

  /** Mounts these update checks in place of those that are mounted without it. */
  public HotUpdaterBuilder updateChecks(UpdateCheckRoutes updateChecks) {
    this.updateChecks = Optional.of(updateChecks);
    return this;
  }

  /** Leaves the update checks away, for a server that only manages bundles. */
  public HotUpdaterBuilder withoutUpdateChecks() {
    updateChecks = Optional.empty();
    return this;
  }

  /** Sets how soon decisions know of a write; the default is {@link Freshness#polling()}. */
  public HotUpdaterBuilder freshness(Freshness freshness) {
    this.freshness = requireNonNull(freshness, "freshness");
    return this;
  }

  /**
   * Sets how much of what devices tell is kept, where and for how long; the default is {@link
   * DeviceSettings#defaults()}. The database must be one that records it.
   */
  public HotUpdaterBuilder devices(DeviceSettings devices) {
    this.devices = Optional.of(devices);
    return this;
  }

  /**
   * Sets how long the storages may take to answer for one update check; the default is 10 seconds.
   * After it the device gets status 503.
   */
  public HotUpdaterBuilder storageTimeout(Duration storageTimeout) {
    this.storageTimeout = requireNonNull(storageTimeout, "storageTimeout");
    return this;
  }

  /**
   * Builds the server, and has its decisions ready in memory if the database can be reached. A
   * database that cannot be reached now is no failure: until it can, update checks get status 503.
   *
   * @throws ConfigurationException listing what is wrong with the configuration; routes that do not
   *     fit the server's storages are found once the rest is right
   * @throws SchemaException if the tables of the database are missing, old or too new
   */
  public HotUpdater build() {
    List<String> problems = new ArrayList<>();
    Storages checkedStorages = storages(problems);
    List<RouteGroup> groups = groups(problems);
    check(groups, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    HotUpdater server = mount(checkedStorages, groups);
    try {
      database().check();
      server.warmUp();
    } catch (SchemaException e) {
      server.close();
      throw e;
    } catch (DatabaseException e) {
      log.warn("The database cannot be used yet; update checks get status 503 until it can", e);
    }
    return server;
  }

  private HotUpdater mount(Storages checkedStorages, List<RouteGroup> groups) {
    try {
      return new HotUpdater(this, checkedStorages, groups);
    } catch (IllegalArgumentException e) {
      // A group of routes that cannot work with the parts of this server.
      throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
    }
  }

  private void check(List<RouteGroup> groups, List<String> problems) {
    if (database == null) {
      problems.add("There is no database. Set one with database(…).");
    }
    if (devices.isPresent() && database != null && !(database instanceof DeviceDatabase)) {
      problems.add(
          "There are settings for devices, but the database records nothing of them. Use one that"
              + " implements DeviceDatabase, or remove devices(…).");
    }
    if (!BasePath.isValid(basePath)) {
      problems.add(
          "The base path '"
              + basePath
              + "' is not valid. Use \"\" or a path such as /hot-updater.");
    }
    if (publicUrl != null && !isServerAddress(publicUrl)) {
      problems.add("The public URL must be an http(s) URL without query and fragment.");
    }
    if (freshness.readsEveryTime()
        && updateChecks.filter(UpdateCheckRoutes::purgesCaches).isPresent()) {
      problems.add(
          "With Freshness.strict() changes are not noticed, so that no cache can be purged."
              + " Use Freshness.polling(), or no cache purge.");
    }
    if (storageTimeout.toMillis() < 1) {
      problems.add("The storage timeout must be at least one millisecond.");
    }
    Set<String> names = new HashSet<>();
    for (RouteGroup group : groups) {
      if (!names.add(group.name())) {
        problems.add("The routes '" + group.name() + "' are mounted twice. Mount them once.");
      }
    }
  }

  private Storages storages(List<String> problems) {
    try {
      return Storages.of(storages);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return Storages.of(List.of());
    }
  }

  private static boolean isServerAddress(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https"))
        && url.getHost() != null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  private List<RouteGroup> groups(List<String> problems) {
    List<RouteGroup> groups = new ArrayList<>();
    groups.add(VersionRoutes.create());
    updateChecks.ifPresent(groups::add);
    try {
      servedFiles().ifPresent(groups::add);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    groups.addAll(routeGroups);
    return groups;
  }

  private Optional<FileRoutes> servedFiles() {
    List<FileStorage> served =
        storages.stream()
            .filter(FileStorage.class::isInstance)
            .map(FileStorage.class::cast)
            .toList();
    return served.isEmpty() ? Optional.empty() : Optional.of(FileRoutes.of(served));
  }

  Database database() {
    return requireNonNull(database, "database");
  }

  String basePath() {
    return basePath;
  }

  Optional<URI> publicUrl() {
    return Optional.ofNullable(publicUrl);
  }

  List<Extension> extensions() {
    return List.copyOf(extensions);
  }

  Freshness freshness() {
    return freshness;
  }

  DeviceSettings devices() {
    return devices.orElseGet(DeviceSettings::defaults);
  }

  Duration storageTimeout() {
    return storageTimeout;
  }

  /** Sets the clock by which download addresses expire, for tests. */
  HotUpdaterBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  Clock clock() {
    return clock;
  }
}
