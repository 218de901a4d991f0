package dev.hotupdater.storage;

import dev.hotupdater.context.RequestContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storages of a server. Each URI is served by the one that has its scheme and, where several
 * share a scheme, its bucket. Immutable.
 */
public final class Storages {
  private static final Logger log = LoggerFactory.getLogger(Storages.class);

  private final List<Storage> all;
  private final Map<String, List<Storage>> byScheme;

  private Storages(List<Storage> all, Map<String, List<Storage>> byScheme) {
    this.all = all;
    this.byScheme = byScheme;
  }

  /**
   * The storages of a server.
   *
   * @throws IllegalArgumentException if two of them would serve the same URI
   */
  public static Storages of(List<? extends Storage> storages) {
    Map<String, List<Storage>> byScheme = new LinkedHashMap<>();
    for (Storage storage : storages) {
      List<Storage> sameScheme =
          byScheme.computeIfAbsent(
              storage.scheme().toLowerCase(Locale.ROOT), scheme -> new ArrayList<>());
      for (Storage other : sameScheme) {
        checkApart(storage, other);
      }
      sameScheme.add(storage);
    }
    return new Storages(List.copyOf(storages), byScheme);
  }

  private static void checkApart(Storage storage, Storage other) {
    Optional<Set<String>> buckets = storage.buckets();
    Optional<Set<String>> otherBuckets = other.buckets();
    if (buckets.isEmpty() || otherBuckets.isEmpty()) {
      throw new IllegalArgumentException(
          "Two storages serve the scheme '"
              + storage.scheme()
              + "'. Remove one, or let both declare the buckets that are their own.");
    }
    for (String bucket : buckets.get()) {
      if (otherBuckets.get().contains(bucket)) {
        throw new IllegalArgumentException(
            "Two storages serve " + storage.scheme() + "://" + bucket + ". Remove one.");
      }
    }
  }

  /** All storages, in the order in which they were given. */
  public List<Storage> all() {
    return all;
  }

  /**
   * Whether a storage serves this scheme.
   *
   * @param scheme in lower case
   */
  public boolean serveScheme(String scheme) {
    return byScheme.containsKey(scheme);
  }

  /**
   * The storage that serves this URI.
   *
   * @throws NoStorageException if there is none
   */
  public Storage forUri(StorageUri uri) {
    return findFor(uri)
        .orElseThrow(
            () ->
                new NoStorageException(
                    serveScheme(uri.scheme())
                        ? "No storage for the bucket "
                            + uri.scheme()
                            + "://"
                            + uri.bucket()
                            + ". Add one to the server."
                        : "No storage for the scheme '"
                            + uri.scheme()
                            + "'. Add one to the server."));
  }

  /** The storage that serves this URI, if there is one. */
  public Optional<Storage> findFor(StorageUri uri) {
    return byScheme.getOrDefault(uri.scheme(), List.of()).stream()
        .filter(storage -> storage.buckets().map(b -> b.contains(uri.bucket())).orElse(true))
        .findFirst();
  }

  /**
   * Where a client downloads what a bundle refers to. An http(s) URI without a storage is its own
   * download address.
   *
   * @throws StorageException if no address can be given
   */
  public DownloadAddress downloadAddress(String storageUri, RequestContext context) {
    StorageUri uri = parse(storageUri);
    boolean isWeb = uri.scheme().equals("http") || uri.scheme().equals("https");
    if (isWeb && !serveScheme(uri.scheme())) {
      return DownloadAddress.permanent(storageUri);
    }
    return forUri(uri).downloadAddress(uri, context);
  }

  /**
   * The storage of a kind that something is written to: the given one, or else the first.
   *
   * @param purpose what is written, for messages, such as {@code web bundles}
   * @throws IllegalArgumentException if the given one is not among these, or there is none of the
   *     kind
   */
  public <T extends WritableStorage> T target(Optional<T> given, Class<T> kind, String purpose) {
    if (given.isPresent() && !all.contains(given.get())) {
      throw new IllegalArgumentException(
          "The storage that "
              + purpose
              + " are to go to is not one of the server's. Add it to the server, too.");
    }
    return given
        .or(() -> all.stream().filter(kind::isInstance).map(kind::cast).findFirst())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no storage that "
                        + purpose
                        + " can go to. Add one to the server that is a "
                        + kind.getSimpleName()
                        + "."));
  }

  /**
   * The storage that serves this URI, to write to it. Empty if there is none any more: what is in
   * it is beyond the server's reach.
   *
   * @throws StorageException if it cannot be written to
   */
  public Optional<WritableStorage> findWritable(StorageUri uri) {
    Optional<Storage> found = findFor(uri);
    if (found.isEmpty()) {
      log.warn("{} is in a storage that the server does not have, and is taken as deleted", uri);
      return Optional.empty();
    }
    if (found.get() instanceof WritableStorage storage) {
      return Optional.of(storage);
    }
    throw new StorageException(
        uri + " is in a storage that cannot be written to. Add one that can to the server.");
  }

  /**
   * Deletes objects, wherever they are. Those in a storage that the server does not have any more
   * count as deleted.
   *
   * @throws StorageException if some could not be deleted; the rest is gone, as far as it was tried
   */
  public void deleteAll(Collection<StorageUri> uris, RequestContext context) {
    Map<WritableStorage, Set<StorageUri>> byStorage = new LinkedHashMap<>();
    for (StorageUri uri : uris) {
      findWritable(uri)
          .ifPresent(
              storage ->
                  byStorage.computeIfAbsent(storage, each -> new LinkedHashSet<>()).add(uri));
    }
    byStorage.forEach((storage, ofStorage) -> storage.deleteAll(ofStorage, context));
  }

  /**
   * The URI with this text.
   *
   * @throws StorageException if the text is no storage URI
   */
  public static StorageUri parse(String storageUri) {
    return StorageUri.parse(storageUri)
        .orElseThrow(
            () -> new StorageException("Not a storage URI of the form scheme://bucket/key."));
  }
}
