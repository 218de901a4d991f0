package dev.hotupdater.storage;

import java.util.Optional;

/**
 * The bucket that a storage keeps its objects in: which URIs are its own, and which URI a new
 * object gets. For those who write a storage. Immutable.
 *
 * @param scheme the scheme of the URIs, in lower case
 * @param name the name of the bucket, as it is written in URIs
 * @param basePath the folder for new objects, without slashes around it; empty for none. An object
 *     elsewhere in the bucket can be read and deleted all the same.
 */
public record Bucket(String scheme, String name, String basePath) {
  /** Takes slashes away from the ends of the base path, and checks the rest of it. */
  public Bucket {
    basePath = stripSlashes(basePath);
    if (!basePath.isEmpty() && ObjectKey.parse(basePath).isEmpty()) {
      throw new IllegalArgumentException(
          "basePath must be a path of segments that are not empty, '.' or '..'");
    }
  }

  /** A bucket in which new objects lie where their key says. */
  public static Bucket of(String scheme, String name) {
    return new Bucket(scheme, name, "");
  }

  /** The same bucket with its new objects below a folder. */
  public Bucket withBasePath(String folder) {
    return new Bucket(scheme, name, folder);
  }

  private static String stripSlashes(String path) {
    int start = 0;
    int end = path.length();
    while (start < end && path.charAt(start) == '/') {
      start++;
    }
    while (end > start && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(start, end);
  }

  /**
   * The URI of a new object.
   *
   * @throws UnusableKeyException if it would be too long together with the base path
   */
  public StorageUri uri(ObjectKey key) {
    return new StorageUri(
        scheme,
        name,
        Optional.of(below(key.toString()))
            .flatMap(ObjectKey::parse)
            .orElseThrow(
                () ->
                    new UnusableKeyException(
                        "The key and the base path have more than "
                            + ObjectKey.MAX_BYTES
                            + " bytes together. Choose a shorter key."))
            .toString());
  }

  /** The URI of an object that the bucket lists. */
  public StorageUri uriOfStoredKey(String storedKey) {
    return new StorageUri(scheme, name, storedKey);
  }

  /** The start of a key as it is in the bucket: what a listing asks for. */
  public String below(String keyOrPrefix) {
    return basePath.isEmpty() ? keyOrPrefix : basePath + '/' + keyOrPrefix;
  }

  /**
   * The key under which the bucket has the object of a URI.
   *
   * @throws StorageException if the URI is of another scheme or bucket
   */
  public String storedKey(StorageUri uri) {
    if (!uri.scheme().equals(scheme) || !uri.bucket().equals(name)) {
      throw new StorageException(
          "Not an object of this storage, whose URIs start with " + scheme + "://" + name + "/.");
    }
    return uri.key();
  }
}
