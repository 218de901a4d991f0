package dev.hotupdater.protocol;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.internal.BoundedCalls;
import dev.hotupdater.internal.CacheBudget;
import dev.hotupdater.internal.LoadingCache;
import dev.hotupdater.internal.LoadingCache.Loaded;
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
import dev.hotupdater.storage.UploadAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The files that bundles refer to, as routes need them. Safe for use by many threads. */
public final class StorageAccess implements AutoCloseable {
  /** The most bytes of a text that are read into memory. */
  public static final int MAX_TEXT_BYTES = 16 * 1024 * 1024;

  private static final int BACKGROUND_THREADS = 4;
  private static final long IDLE_SECONDS = 30;

  private final Storages storages;
  private final Optional<URI> publicUrl;
  private final String basePath;
  private final Duration timeout;
  private final Clock clock;
  private final BoundedCalls calls;
  private final ExecutorService background = backgroundThreads();

  /** Whether nobody waits for what this thread does. */
  private final ThreadLocal<Boolean> inBackground = ThreadLocal.withInitial(() -> false);

  private final LoadingCache<AddressKey, KeptAddress> addresses;

  private record AddressKey(String contextKey, String storageUri) {}

  private record KeptAddress(DownloadAddress address, Lifetime lifetime) {}

  /**
   * Creates it.
   *
   * @param publicUrl where clients reach the server, without the base path; if it is absent, the
   *     address under which each request reached it is used
   * @param basePath the base path of the server's routes
   * @param timeout how long the storages may take for one request
   * @param clock the clock by which addresses expire
   */
  public StorageAccess(
      Storages storages, Optional<URI> publicUrl, String basePath, Duration timeout, Clock clock) {
    this.storages = storages;
    this.publicUrl = publicUrl;
    this.basePath = basePath;
    this.timeout = timeout;
    this.clock = clock;
    calls = new BoundedCalls(timeout);
    addresses = new LoadingCache<>(CacheBudget.BYTES, timeout, this::inBackground, clock);
  }

  private static ExecutorService backgroundThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            BACKGROUND_THREADS,
            BACKGROUND_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "hotupdater-renewal");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
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
    boolean nobodyWaits = inBackground.get();
    try {
      return calls.call(
          () -> {
            inBackground.set(nobodyWaits);
            return work.get();
          });
    } catch (BoundedCalls.CallTimeoutException e) {
      throw new StorageUnavailableException(
          "A storage did not answer in time: " + e.getMessage(), e);
    }
  }

  /**
   * Does work that asks storages and that nobody waits for, such as renewing an address: a few at a
   * time, the rest waits for its turn. Addresses that such work needs are renewed if that is due.
   */
  public void inBackground(Runnable work) {
    background.execute(
        () -> {
          inBackground.set(true);
          work.run();
        });
  }

  /** How long the storages may take for one request. */
  public Duration timeout() {
    return timeout;
  }

  /** The clock by which addresses expire. */
  public Clock clock() {
    return clock;
  }

  /**
   * Where a client downloads an object. The storage is asked anew when a quarter of the time has
   * passed for which its last address works; for a context without cache key, every time.
   *
   * @throws StorageException if the URI has no storage, or the storage gives no address
   */
  public ServedAddress downloadAddress(String storageUri, RequestContext context) {
    return downloadAddresses(List.of(storageUri), context).apply(storageUri);
  }

  /**
   * Gives the addresses of objects that are needed together, as {@link #downloadAddress} does of
   * one. A storage that gives many with one call is asked once.
   *
   * @param storageUris those that may be needed
   */
  public Function<String, ServedAddress> downloadAddresses(
      Collection<String> storageUris, RequestContext context) {
    AddressBatch batch = new AddressBatch(storages, storageUris, context);
    return storageUri -> served(storageUri, batch, context);
  }

  private ServedAddress served(String storageUri, AddressBatch batch, RequestContext context) {
    KeptAddress kept =
        context
            .cacheKey()
            .map(key -> kept(new AddressKey(key, storageUri), batch))
            .orElseGet(() -> ask(storageUri, batch));
    String url = kept.address().url();
    return new ServedAddress(
        kept.address().isRelative() ? serverUrl(context) + url : url, kept.lifetime());
  }

  private KeptAddress kept(AddressKey key, AddressBatch batch) {
    Supplier<Loaded<KeptAddress>> loader =
        () -> loaded(ask(key.storageUri(), batch), key.storageUri());
    return inBackground.get() ? addresses.getRenewed(key, loader) : addresses.get(key, loader);
  }

  private KeptAddress ask(String storageUri, AddressBatch batch) {
    Instant now = clock.instant();
    DownloadAddress address = batch.ask(storageUri);
    return new KeptAddress(address, Lifetime.of(address, now));
  }

  private static Loaded<KeptAddress> loaded(KeptAddress address, String storageUri) {
    long weight = CacheBudget.ENTRY_BYTES + storageUri.length() + address.address().url().length();
    return Loaded.until(address, weight, address.lifetime().renewal(), address.lifetime().end());
  }

  /**
   * The http(s) URL under which a client downloads an object.
   *
   * @throws StorageException if the URI has no storage, or the storage gives no address
   */
  public String downloadUrl(String storageUri, RequestContext context) {
    return downloadAddress(storageUri, context).url();
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

  /**
   * Where clients reach the server, without the base path: what was configured, or else the address
   * under which the request reached it; absent if neither is known.
   */
  public Optional<URI> serverAddress(RequestContext context) {
    return publicUrl.isPresent() ? publicUrl : context.baseUri();
  }

  /**
   * The absolute http(s) URL of where a client uploads an object.
   *
   * @throws StorageException if the server itself takes the upload, and its address is not known
   */
  public String uploadUrl(UploadAddress address, RequestContext context) {
    return address.isRelative() ? serverUrl(context) + address.url() : address.url();
  }

  /**
   * Where clients reach the routes of the server: its address and base path, without a slash at the
   * end.
   *
   * @throws StorageException if the address of the server is not known
   */
  public String serverUrl(RequestContext context) {
    URI base =
        serverAddress(context)
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
    background.shutdownNow();
  }
}
