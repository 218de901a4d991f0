package dev.hotupdater.patches;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.WritableStorage;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A storage in a directory in which something may happen when an object is opened. */
final class HookedStorage implements WritableStorage {
  private final FileStorage files;
  private volatile Consumer<StorageUri> onOpen = uri -> {};

  HookedStorage(FileStorage files) {
    this.files = files;
  }

  void onOpen(Consumer<StorageUri> hook) {
    onOpen = hook;
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
  public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
    onOpen.accept(uri);
    return files.open(uri, range, context);
  }

  @Override
  public StorageUri write(
      ObjectKey key, InputStream content, long size, String contentType, RequestContext context) {
    return files.write(key, content, size, contentType, context);
  }

  @Override
  public boolean exists(StorageUri uri, RequestContext context) {
    return files.exists(uri, context);
  }

  @Override
  public void delete(StorageUri uri, RequestContext context) {
    files.delete(uri, context);
  }

  @Override
  public Stream<ObjectSummary> list(String prefix, RequestContext context) {
    return files.list(prefix, context);
  }
}
