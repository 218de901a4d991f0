package dev.hotupdater.protocol;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.internal.BoundedCalls;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.NoStorageException;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.ObjectTooLargeException;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.UnusableKeyException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The files that bundles refer to, as routes need them. Safe for use by many threads. */
public final class StorageAccess implements AutoCloseable {
  /** The most bytes of a text that are read into memory. */
  public static final int MAX_TEXT_BYTES = 16 * 1024 * 1024;

  private final Storages storages;
  private final Optional<URI> publicUrl;
  private final String basePath;
  private final BoundedCalls calls;

  /**
   * Creates it.
   *
   * @param publicUrl where clients reach the server, without the base path; if it is absent, the
   *     address under which each request reached it is used
   * @param basePath the base path of the server's routes
   * @param timeout how long the storages may take for one request
   */
  public StorageAccess(
      Storages storages, Optional<URI> publicUrl, String basePath, Duration timeout) {
    this.storages = storages;
    this.publicUrl = publicUrl;
    this.basePath = basePath;
    calls = new BoundedCalls(timeout);
  }

  /** The storages. */
  public Storages storages() {
    return storages;
  }

  /**
   * Does work that asks storages, within the time that they are given for one request.
   *
   * @throws StorageUnavailableException if it takes longer
   */
  public <T> T withinDeadline(Supplier<T> work) {
    try {
      return calls.call(work);
    } catch (BoundedCalls.CallTimeoutException e) {
      throw new StorageUnavailableException(
          "A storage did not answer in time: " + e.getMessage(), e);
    }
  }

  /**
   * The http(s) URL under which a client downloads an object.
   *
   * @throws StorageException if the URI has no storage, or the storage gives no address
   */
  public String downloadUrl(String storageUri, RequestContext context) {
    DownloadAddress address = storages.downloadAddress(storageUri, context);
    return address.isRelative() ? serverUrl(context) + address.url() : address.url();
  }

  /**
   * Why no device could ever download from this URI: the storage that serves its scheme here has
   * not this bucket, or can have no such object. Empty if nothing is wrong with it, and for a
   * scheme that this server does not serve, since another one may.
   */
  public Optional<String> problemWith(String storageUri, RequestContext context) {
    return StorageUri.parse(storageUri)
        .filter(uri -> storages.serveScheme(uri.scheme()))
        .flatMap(uri -> problemWith(uri, context));
  }

  private Optional<String> problemWith(StorageUri uri, RequestContext context) {
    try {
      withinDeadline(() -> storages.forUri(uri).downloadAddress(uri, context));
      return Optional.empty();
    } catch (NoStorageException | UnusableKeyException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (StorageException e) {
      // A storage that has a bad moment says nothing about the URI.
      return Optional.empty();
    }
  }

  private String serverUrl(RequestContext context) {
    URI base =
        publicUrl
            .or(context::baseUri)
            .orElseThrow(
                () ->
                    new StorageException(
                        "The address of this server is not known outside a request."
                            + " Set publicUrl(…) when building it."));
    String text = base.toString();
    return (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + basePath;
  }

  /**
   * The text of a small object, such as a manifest, taken as UTF-8; empty if there is no such
   * object.
   *
   * @throws ObjectTooLargeException if it has more than {@link #MAX_TEXT_BYTES}
   * @throws StorageException if it has no storage or cannot be read
   */
  public Optional<String> readText(String storageUri, RequestContext context) {
    StorageUri uri = Storages.parse(storageUri);
    try (StoredObject object =
        storages.forUri(uri).open(uri, new ByteRange(0, MAX_TEXT_BYTES + 1L), context)) {
      byte[] bytes = object.content().readNBytes(MAX_TEXT_BYTES + 1);
      if (bytes.length > MAX_TEXT_BYTES) {
        throw new ObjectTooLargeException(uri, MAX_TEXT_BYTES);
      }
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (ObjectNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StorageUnavailableException(uri + " could not be read to its end.", e);
    }
  }

  /** Gives up what is still waiting for a storage. The storages are left alone. */
  @Override
  public void close() {
    calls.close();
  }
}
