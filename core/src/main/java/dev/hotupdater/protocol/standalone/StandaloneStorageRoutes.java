package dev.hotupdater.protocol.standalone;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.http.Access;
import dev.hotupdater.http.Route;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.WritableStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The routes through which the Hot Updater command line uploads, looks for, reads and deletes files
 * when it is configured with {@code standaloneStorage}. Not mounted unless the server is built with
 * it. Immutable.
 *
 * <p>Source: Hot Updater protocol, "Clients that exist". The command line finds out whether a file
 * exists, and downloads it, with HEAD and GET requests to what {@code /getDownloadUrl} answers.
 */
public final class StandaloneStorageRoutes implements RouteGroup {
  private static final long DEFAULT_MAX_UPLOAD_BYTES = 2L << 30;

  private final Access access;
  private final Optional<WritableStorage> target;
  private final long maxUploadBytes;
  private final Path spoolDirectory;

  private StandaloneStorageRoutes(
      Access access, Optional<WritableStorage> target, long maxUploadBytes, Path spoolDirectory) {
    this.access = access;
    this.target = target;
    this.maxUploadBytes = maxUploadBytes;
    this.spoolDirectory = spoolDirectory;
  }

  /**
   * The group, for those whom {@code access} allows. Uploads go to the first storage of the server
   * that can be written to.
   */
  public static StandaloneStorageRoutes protectedBy(Access access) {
    return new StandaloneStorageRoutes(
        requireNonNull(access, "access"),
        Optional.empty(),
        DEFAULT_MAX_UPLOAD_BYTES,
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** The group with uploads to this storage, which must be one of the server's. */
  public StandaloneStorageRoutes over(WritableStorage storage) {
    return new StandaloneStorageRoutes(
        access, Optional.of(storage), maxUploadBytes, spoolDirectory);
  }

  /**
   * The group with another limit for the size of an uploaded file; the default is 2 GiB.
   *
   * @param bytes at least 1
   * @throws IllegalArgumentException if it is less
   */
  public StandaloneStorageRoutes maxUploadBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxUploadBytes must be positive");
    }
    return new StandaloneStorageRoutes(access, target, bytes, spoolDirectory);
  }

  /**
   * The group with another directory for uploads that are still under way; the default is the
   * system's for temporary files. It must exist and have room for as many uploads as are made at
   * once.
   */
  public StandaloneStorageRoutes spoolDirectory(Path directory) {
    return new StandaloneStorageRoutes(
        access, target, maxUploadBytes, requireNonNull(directory, "directory"));
  }

  @Override
  public String name() {
    return "standaloneStorage";
  }

  @Override
  public Access access() {
    return access;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the server has no storage that can be written to, or the
   *     given one is not the server's
   */
  @Override
  public List<Route> routes(Backend backend) {
    StorageAccess storage = backend.storage();
    UploadRoute upload =
        new UploadRoute(target(storage.storages()), maxUploadBytes, spoolDirectory);
    ObjectRoutes objects = new ObjectRoutes(storage);
    return List.of(
        Route.of("POST", "/upload", upload::answer),
        Route.of("DELETE", "/delete", objects::delete),
        Route.of("POST", "/readText", objects::readText),
        Route.of("POST", "/getDownloadUrl", objects::downloadUrl));
  }

  private WritableStorage target(Storages storages) {
    return storages.target(
        target, WritableStorage.class, "uploads of the standalone storage routes");
  }
}
