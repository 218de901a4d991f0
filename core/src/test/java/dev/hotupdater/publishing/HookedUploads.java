package dev.hotupdater.publishing;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ClientUploads;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.UploadAddress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A storage in a directory that counts, and during whose work something else happens. */
final class HookedUploads implements ClientUploads {
  private final FileStorage files;
  final AtomicInteger copies = new AtomicInteger();
  final AtomicLong bytesRead = new AtomicLong();
  final Set<String> deleted = ConcurrentHashMap.newKeySet();
  volatile Predicate<StorageUri> refusesToDelete = uri -> false;
  volatile Runnable beforeOpen = () -> {};
  volatile Runnable afterWrite = () -> {};
  volatile boolean isAway;

  /** The most bytes that were read ahead of what was written. */
  final AtomicLong mostAhead = new AtomicLong();

  HookedUploads(FileStorage files) {
    this.files = files;
  }

  /** Puts an object there as its publisher does, past the server. */
  void upload(AnnouncedUpload upload, byte[] bytes) {
    files.write(
        ObjectKey.of(key(upload)),
        new java.io.ByteArrayInputStream(bytes),
        bytes.length,
        "application/octet-stream",
        RequestContext.none());
  }

  /** The key of the object itself. */
  static String key(AnnouncedUpload upload) {
    return Storages.parse(upload.artifact().storageUri()).key();
  }

  Stream<String> keys() {
    return files.list("", RequestContext.none()).map(object -> object.uri().key());
  }

  @Override
  public StorageUri write(
      ObjectKey key, InputStream content, long size, String contentType, RequestContext context) {
    copies.incrementAndGet();
    AtomicLong written = new AtomicLong();
    InputStream watched =
        new FilterInputStream(content) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            written.addAndGet(Math.max(count, 0));
            mostAhead.accumulateAndGet(bytesRead.get() - written.get(), Math::max);
            return count;
          }
        };
    StorageUri uri = files.write(key, watched, size, contentType, context);
    afterWrite.run();
    return uri;
  }

  @Override
  public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
    if (isAway) {
      throw new StorageException("The storage is away.");
    }
    beforeOpen.run();
    StoredObject object = files.open(uri, range, context);
    InputStream counted =
        new FilterInputStream(object.content()) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            bytesRead.addAndGet(Math.max(count, 0));
            return count;
          }
        };
    return StoredObject.of(counted, object.size());
  }

  @Override
  public void delete(StorageUri uri, RequestContext context) {
    if (refusesToDelete.test(uri)) {
      throw new StorageException("is needed elsewhere");
    }
    files.delete(uri, context);
    deleted.add(uri.key());
  }

  @Override
  public String scheme() {
    return files.scheme();
  }

  @Override
  public Optional<Set<String>> buckets() {
    return files.buckets();
  }

  @Override
  public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
    return files.downloadAddress(uri, context);
  }

  @Override
  public UploadAddress uploadAddress(
      ObjectKey key, long size, String contentType, RequestContext context) {
    return files.uploadAddress(key, size, contentType, context);
  }

  @Override
  public StorageUri uri(ObjectKey key) {
    return files.uri(key);
  }

  @Override
  public boolean exists(StorageUri uri, RequestContext context) {
    return files.exists(uri, context);
  }

  @Override
  public Stream<ObjectSummary> list(String prefix, RequestContext context) {
    return files.list(prefix, context);
  }
}
