package dev.hotupdater.publishing.web;

import dev.hotupdater.archive.BundleFile;
import dev.hotupdater.archive.WebBundle;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.liveupdate.FileManifest;
import dev.hotupdater.storage.ContentTypes;
import dev.hotupdater.storage.StorageUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stores the files of bundles one by one, several at the same time: a storage may need long for
 * each. All uploads of a server share its threads, and with them the limits of memory. Safe for use
 * by many threads.
 */
final class FileWriter {
  /** One file may have several names; and nothing on its way should compress it, or open it. */
  private static final String CONTENT_TYPE = ContentTypes.DEFAULT;

  private static final int THREADS = 8;
  private static final long IDLE_SECONDS = 10;

  /** Sources: Capacitor protocols, section A6. */
  private static final long LEAST_COMPRESSED_SIZE = 8192;

  private static final long LEAST_GAIN = 10;

  private final BundleStorage storage;
  private final Optional<FileCompression> compression;
  private final Optional<Path> spoolDirectory;
  private final ExecutorService threads = threads();

  /** Files that were taken out of their zip and are not stored yet. */
  private final Semaphore open = new Semaphore(2 * THREADS, true);

  FileWriter(
      BundleStorage storage, Optional<FileCompression> compression, Optional<Path> spoolDirectory) {
    this.storage = storage;
    this.compression = compression;
    this.spoolDirectory = spoolDirectory;
  }

  private static ExecutorService threads() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "hotupdater-files");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /**
   * Stores files of a bundle, each once.
   *
   * @param wanted the SHA-256 of those that are to be stored
   * @return where each is, by its SHA-256
   * @throws RuntimeException what the first one failed with; none is being written any more
   */
  Map<String, FilePlace> write(
      WebBundle bundle, Set<String> wanted, AttemptFolder folder, RequestContext context) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Run run = new Run(folder, context);
    Set<String> missing = new HashSet<>(wanted);
    try {
      bundle.forEachFile(
          (file, content) -> {
            if (run.failure.get() == null && missing.remove(file.sha256())) {
              run.submit(file, content);
            }
          });
    } finally {
      run.awaitEnd();
    }
    run.throwFailure();
    return run.places;
  }

  /** The files of one bundle. */
  private final class Run {
    private final AttemptFolder folder;
    private final RequestContext context;
    private final Map<String, FilePlace> places = new ConcurrentHashMap<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Phaser pending = new Phaser(1);

    private Run(AttemptFolder folder, RequestContext context) {
      this.folder = folder;
      this.context = context;
    }

    private void submit(BundleFile file, InputStream content) throws IOException {
      acquire();
      Spool spool;
      try {
        spool = Spool.of(content, spoolDirectory);
      } catch (IOException | RuntimeException e) {
        open.release();
        throw e;
      }
      pending.register();
      threads.execute(() -> finish(file, spool));
    }

    private void acquire() {
      try {
        open.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StorageUnavailableException("The upload was ended from outside.", e);
      }
    }

    private void finish(BundleFile file, Spool spool) {
      try (spool) {
        if (failure.get() == null) {
          places.put(file.sha256(), store(file, spool));
        }
      } catch (IOException e) {
        failure.compareAndSet(
            null, new UncheckedIOException("A file of the bundle could not be stored", e));
      } catch (RuntimeException | Error e) {
        // Native code that cannot be loaded is an Error, and whoever waits must hear of it.
        failure.compareAndSet(null, e);
      } finally {
        open.release();
        pending.arriveAndDeregister();
      }
    }

    private FilePlace store(BundleFile file, Spool spool) throws IOException {
      String uri;
      try (InputStream content = spool.content()) {
        uri =
            storage.write(folder.file(file.sha256()), content, spool.size(), CONTENT_TYPE, context);
      }
      return new FilePlace(uri, storeCompressed(file, spool));
    }

    private Optional<FileManifest.Packed> storeCompressed(BundleFile file, Spool spool)
        throws IOException {
      if (compression.isEmpty() || file.size() < LEAST_COMPRESSED_SIZE) {
        return Optional.empty();
      }
      try (Spool packed = Spool.in(spoolDirectory)) {
        try (InputStream content = spool.content()) {
          compression.get().compress(content, spool.size(), packed);
        }
        if (packed.size() >= file.size() - LEAST_GAIN) {
          return Optional.empty();
        }
        try (InputStream content = packed.content()) {
          String uri =
              storage.write(
                  folder.brotli(file.sha256()), content, packed.size(), CONTENT_TYPE, context);
          return Optional.of(new FileManifest.Packed(uri, packed.size()));
        }
      }
    }

    /** What is written after the end of an attempt would never be deleted. */
    private void awaitEnd() {
      pending.arriveAndAwaitAdvance();
    }

    private void throwFailure() {
      Throwable first = failure.get();
      if (first instanceof Error error) {
        throw error;
      }
      if (first instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
