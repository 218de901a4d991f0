package dev.hotupdater.publishing.web;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A storage in a directory that remembers what is written, and during whose work a test acts. */
final class WatchedStorage implements WritableStorage {
  private final FileStorage files;
  final ConcurrentLinkedQueue<String> written = new ConcurrentLinkedQueue<>();
  volatile Consumer<String> beforeWrite = key -> {};
  volatile Consumer<String> beforeDelete = key -> {};

  WatchedStorage(FileStorage files) {
    this.files = files;
  }

  List<String> keys() {
    try (Stream<ObjectSummary> objects = files.list("", RequestContext.none())) {
      return objects.map(object -> object.uri().key()).sorted().toList();
    }
  }

  @Override
  public StorageUri write(
      ObjectKey key, InputStream content, long size, String contentType, RequestContext context) {
    beforeWrite.accept(key.toString());
    StorageUri uri = files.write(key, content, size, contentType, context);
    written.add(key.toString());
    return uri;
  }

  @Override
  public void delete(StorageUri uri, RequestContext context) {
    beforeDelete.accept(uri.key());
    files.delete(uri, context);
  }

  @Override
  public boolean exists(StorageUri uri, RequestContext context) {
    return files.exists(uri, context);
  }

  @Override
  public Stream<ObjectSummary> list(String prefix, RequestContext context) {
    return files.list(prefix, context);
  }

  @Override
  public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
    return files.open(uri, range, context);
  }

  @Override
  public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
    return files.downloadAddress(uri, context);
  }

  @Override
  public String scheme() {
    return files.scheme();
  }

  @Override
  public Optional<Set<String>> buckets() {
    return files.buckets();
  }
}
