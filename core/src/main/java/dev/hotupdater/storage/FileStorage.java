package dev.hotupdater.storage;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.context.RequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A storage in a directory. The object {@code local://updates/a/b.zip} is the file {@code a/b.zip}
 * below the directory. Files that are put there or changed otherwise are objects, too. Its files
 * are downloaded from the server itself, under signed addresses below {@code /files} that expire:
 * the routes {@code dev.hotupdater.protocol.files.FileRoutes} serve them.
 *
 * <p>Nothing leads out of the directory: keys have no {@code ..}, and a symbolic link is followed
 * only if it stays inside. The folder {@code .hotupdater} belongs to the storage itself and holds
 * no objects. There cannot be an object {@code a} and one below it, {@code a/b}, at the same time.
 * On Windows, keys are refused whose file names have a special meaning there; where file names do
 * not distinguish letter case, keys do not either.
 *
 * <p>Several processes may use one directory. Writes go to a file of their own first, which is
 * brought to the disk and then put in place in one step; of several writes of one key the last one
 * wins. Immutable and safe for use by many threads. Creating it touches no file.
 */
public final class FileStorage implements ClientUploads {
  private static final Duration MIN_LIFETIME = Duration.ofSeconds(2);
  private static final Duration MAX_LIFETIME = Duration.ofDays(3650);

  private final Bucket bucket;
  private final Path directory;
  private final Duration downloadLifetime;
  private final Duration uploadLifetime;
  private final Clock clock;
  private final PrivateFolder privateFolder;
  private final FileTree tree;
  private final SigningKey signingKey;
  private final SignedAddresses addresses;

  private FileStorage(Builder builder) {
    bucket = Bucket.of(builder.scheme, builder.bucket);
    directory = builder.directory.toAbsolutePath().normalize();
    downloadLifetime = builder.downloadLifetime;
    uploadLifetime = builder.uploadLifetime;
    clock = builder.clock;
    privateFolder = new PrivateFolder(directory);
    tree = new FileTree(directory, privateFolder);
    signingKey = new SigningKey(privateFolder, builder.signingKey);
    addresses = new SignedAddresses(bucket.name(), signingKey, clock);
  }

  /** A storage in this directory, which is created when it is first written to. */
  public static FileStorage at(Path directory) {
    return builder(directory).build();
  }

  /** A builder for a storage in this directory. */
  public static Builder builder(Path directory) {
    return new Builder(directory);
  }

  @Override
  public String scheme() {
    return bucket.scheme();
  }

  /** The bucket, which is part of the URI of every object. */
  public String bucket() {
    return bucket.name();
  }

  @Override
  public Optional<Set<String>> buckets() {
    return Optional.of(Set.of(bucket.name()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The address is relative. It works for at least half of the download lifetime and stays the
   * same for as long, so that clients and caches in between recognise it.
   *
   * @throws UnusableKeyException if there can be no object of this key
   */
  @Override
  public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
    String key = bucket.storedKey(uri);
    ObjectPath.require(key);
    return addresses.download(ObjectKey.of(key), downloadLifetime);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The address is relative and takes the bytes of the object as the body of a PUT. It can be
   * used again until it expires.
   */
  @Override
  public UploadAddress uploadAddress(
      ObjectKey key, long size, String contentType, RequestContext context) {
    return uploadAddress(key, size, Map.of("Content-Type", contentType));
  }

  @Override
  public UploadAddress plainUploadAddress(ObjectKey key, long size, RequestContext context) {
    return uploadAddress(key, size, Map.of());
  }

  private UploadAddress uploadAddress(ObjectKey key, long size, Map<String, String> headers) {
    checkSize(size);
    ObjectPath.require(key.toString());
    Instant expiry = clock.instant().plus(uploadLifetime).truncatedTo(ChronoUnit.SECONDS);
    return UploadAddress.of("PUT", addresses.upload(key, size, expiry), headers, expiry);
  }

  @Override
  public StorageUri uri(ObjectKey key) {
    ObjectPath.require(key.toString());
    return bucket.uri(key);
  }

  /**
   * Whether a signed address for a download may be used. For those who serve the files with routes
   * of their own.
   *
   * @param bucket the first segment after {@code /files}, percent-decoded
   * @param key the segments after it, percent-decoded
   * @param expires the query parameter of this name; {@code ""} if there is none
   * @param signature the query parameter of this name; {@code ""} if there is none
   */
  public Admission admitDownload(String bucket, String key, String expires, String signature) {
    return bucket.equals(this.bucket.name())
        ? addresses.admitDownload(key, expires, signature)
        : new Admission.Refused();
  }

  /**
   * Whether a signed address for an upload may be used. If it is granted, {@code size} is a number,
   * and the object must be written with exactly this size.
   *
   * @param bucket the first segment after {@code /files}, percent-decoded
   * @param key the segments after it, percent-decoded
   * @param size the query parameter of this name; {@code ""} if there is none
   * @param expires the query parameter of this name; {@code ""} if there is none
   * @param signature the query parameter of this name; {@code ""} if there is none
   */
  public Admission admitUpload(
      String bucket, String key, String size, String expires, String signature) {
    return bucket.equals(this.bucket.name())
        ? addresses.admitUpload(key, size, expires, signature)
        : new Admission.Refused();
  }

  /** Opens the file of an object; empty if there is no such object. */
  public Optional<StoredFile> openFile(ObjectKey key) {
    return openFile(key.toString());
  }

  private Optional<StoredFile> openFile(String key) {
    try {
      Optional<Path> path = tree.find(key);
      return path.isEmpty() ? Optional.empty() : StoredFile.open(path.get());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", key, e);
    }
  }

  @Override
  public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
    StoredFile file =
        openFile(bucket.storedKey(uri)).orElseThrow(() -> new ObjectNotFoundException(uri));
    return StoredObject.of(file.content(range), file.size());
  }

  @Override
  public StorageUri write(
      ObjectKey key, InputStream content, long size, String contentType, RequestContext context) {
    checkSize(size);
    try {
      tree.write(key, content, size);
    } catch (IOException e) {
      throw failed("written", key.toString(), e);
    }
    return bucket.uri(key);
  }

  private static void checkSize(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative");
    }
  }

  @Override
  public boolean exists(StorageUri uri, RequestContext context) {
    String key = bucket.storedKey(uri);
    try {
      return tree.contains(key);
    } catch (IOException e) {
      throw failed("looked up", key, e);
    }
  }

  @Override
  public void delete(StorageUri uri, RequestContext context) {
    String key = bucket.storedKey(uri);
    try {
      tree.delete(key);
    } catch (IOException e) {
      throw failed("deleted", key, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Symbolic links are not listed.
   */
  @Override
  public Stream<ObjectSummary> list(String prefix, RequestContext context) {
    try {
      return tree.list(prefix)
          .map(
              file ->
                  new ObjectSummary(
                      bucket.uriOfStoredKey(file.key()), file.size(), file.lastModified()));
    } catch (IOException e) {
      throw failed("listed", prefix, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Creates the directory if it does not exist, and writes and deletes an empty file in it.
   */
  @Override
  public void check() {
    signingKey.bytes();
    try (UnfinishedFile file = privateFolder.unfinishedFile()) {
      file.fill(InputStream.nullInputStream(), 0);
    } catch (IOException e) {
      throw new StorageException(
          "The directory " + directory + " cannot be written to. Check its permissions and space.",
          e);
    }
  }

  /** The key of a URI of this storage. */
  private StorageException failed(String action, String key, IOException cause) {
    return new StorageException(
        "'"
            + key
            + "' could not be "
            + action
            + ". Check the permissions and the free space of "
            + directory
            + ".",
        cause);
  }

  @Override
  public String toString() {
    return "FileStorage[" + bucket.scheme() + "://" + bucket.name() + "/ in " + directory + ']';
  }

  /** Builds a {@link FileStorage}. Not thread-safe. */
  public static final class Builder {
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final Path directory;
    private String scheme = "local";
    private String bucket = "updates";
    private Duration downloadLifetime = Duration.ofHours(1);
    private Duration uploadLifetime = Duration.ofHours(1);
    private Optional<byte[]> signingKey = Optional.empty();
    private Clock clock = Clock.systemUTC();

    private Builder(Path directory) {
      this.directory = requireNonNull(directory, "directory");
    }

    /**
     * Sets the scheme of the objects' URIs; the default is {@code local}.
     *
     * @throws IllegalArgumentException if it is no lower-case URI scheme
     */
    public Builder scheme(String scheme) {
      this.scheme = checked("scheme", scheme, SCHEME);
      return this;
    }

    /**
     * Sets the bucket of the objects' URIs; the default is {@code updates}. Storages in several
     * directories need several buckets.
     *
     * @throws IllegalArgumentException if it has other characters than lower-case letters, digits,
     *     dots, dashes and underscores, does not start with a letter or digit, or has more than 63
     */
    public Builder bucket(String bucket) {
      this.bucket = checked("bucket", bucket, BUCKET);
      return this;
    }

    /**
     * Sets how long a download address works, at most, in whole seconds; the default is an hour.
     * Every address works for at least half of it.
     *
     * @throws IllegalArgumentException if it is less than two seconds or more than ten years
     */
    public Builder downloadLifetime(Duration downloadLifetime) {
      this.downloadLifetime = checked("downloadLifetime", downloadLifetime);
      return this;
    }

    /**
     * Sets how long an upload address works, in whole seconds; the default is an hour.
     *
     * @throws IllegalArgumentException if it is less than two seconds or more than ten years
     */
    public Builder uploadLifetime(Duration uploadLifetime) {
      this.uploadLifetime = checked("uploadLifetime", uploadLifetime);
      return this;
    }

    /**
     * Sets the secret that addresses are signed with. The default is a random one that is kept in
     * the directory. Servers that serve copies of the same files need the same.
     *
     * @param signingKey at least 16 bytes, better 32, from a good source of randomness
     * @throws IllegalArgumentException if it is shorter
     */
    public Builder signingKey(byte[] signingKey) {
      if (signingKey.length < SigningKey.MIN_BYTES) {
        throw new IllegalArgumentException(
            "signingKey must have at least " + SigningKey.MIN_BYTES + " bytes");
      }
      this.signingKey = Optional.of(signingKey.clone());
      return this;
    }

    /** Sets the clock that decides what has expired; the default is the system's. */
    public Builder clock(Clock clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /** Builds the storage. Touches no file. */
    public FileStorage build() {
      return new FileStorage(this);
    }

    private static String checked(String name, String value, Pattern form) {
      if (!form.matcher(value).matches()) {
        throw new IllegalArgumentException(name + " '" + value + "' does not match " + form);
      }
      return value;
    }

    private static Duration checked(String name, Duration value) {
      if (value.compareTo(MIN_LIFETIME) < 0 || value.compareTo(MAX_LIFETIME) > 0) {
        throw new IllegalArgumentException(
            name + " must be between " + MIN_LIFETIME + " and " + MAX_LIFETIME);
      }
      return Duration.ofSeconds(value.toSeconds());
    }
  }
}
