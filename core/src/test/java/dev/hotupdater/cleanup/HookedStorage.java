package dev.hotupdater.cleanup;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.WritableStorage;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A storage in a directory during whose work something else happens. */
final class HookedStorage implements WritableStorage {
  private final FileStorage storage;
  private final Set<StorageUri> stubborn = new HashSet<>();
  private boolean away;
  private Runnable afterListing = () -> {};

  HookedStorage(FileStorage storage) {
    this.storage = storage;
  }

  void afterListing(Runnable event) {
    afterListing = event;
  }

  void refuseToDelete(StorageUri uri) {
    stubborn.add(uri);
  }

  /** From now on, nothing can be deleted. */
  void goAway() {
    away = true;
  }

  @Override
  public Stream<ObjectSummary> list(String prefix, RequestContext context) {
    try (Stream<ObjectSummary> objects = storage.list(prefix, context)) {
      List<ObjectSummary> all = objects.toList();
      afterListing.run();
      return all.stream();
    }
  }

  @Override
  public void delete(StorageUri uri, RequestContext context) {
    if (away) {
      throw new StorageUnavailableException("The storage is away.");
    }
    if (stubborn.contains(uri)) {
      throw new StorageException("is needed elsewhere");
    }
    storage.delete(uri, context);
  }

  @Override
  public String scheme() {
    return storage.scheme();
  }

  @Override
  public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
    return storage.downloadAddress(uri, context);
  }

  @Override
  public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
    return storage.open(uri, range, context);
  }

  @Override
  public StorageUri write(
      ObjectKey key, InputStream content, long size, String contentType, RequestContext context) {
    return storage.write(key, content, size, contentType, context);
  }

  @Override
  public boolean exists(StorageUri uri, RequestContext context) {
    return storage.exists(uri, context);
  }
}
