package dev.hotupdater.gcs;

import static java.util.Objects.requireNonNull;

import com.google.auth.Credentials;
import com.google.cloud.storage.Storage;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.Bucket;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ClientUploads;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.UnusableKeyException;
import dev.hotupdater.storage.UploadAddress;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A storage in a bucket of Google Cloud Storage or of Firebase Storage, which is the same. The
 * object {@code gs://my-app.firebasestorage.app/a/b.zip} is the object {@code a/b.zip} of the
 * bucket {@code my-app.firebasestorage.app}.
 *
 * <p>Clients download and upload with signed addresses, straight from and to Google. With the key
 * of a service account an address is signed on the spot, without asking anybody; with other
 * credentials of a service account, such as those of a virtual machine, every address is a call of
 * Google's IAM service.
 *
 * <p>Creating it opens no connection, reads no file and looks for no credentials. Every call ends
 * within a bounded time. Safe for use by many threads. Whoever made it closes it.
 */
public final class GcsStorage implements ClientUploads, AutoCloseable {
  private static final String SCHEME = "gs";

  private final Bucket bucket;
  private final Connection connection;
  private final BucketAccess access;
  private final Downloads downloads;
  private final Uploads uploads;
  private final Deletions deletions;
  private final Failures failures;
  private final SignedAddresses signedAddresses;
  private final Addresses downloadAddresses;

  private GcsStorage(Builder builder) {
    bucket = Bucket.of(SCHEME, builder.bucket).withBasePath(builder.basePath);
    connection = builder.connection();
    failures = new Failures(bucket.name());
    access = new BucketAccess(bucket.name(), connection, failures);
    downloads = new Downloads(bucket.name(), connection, failures);
    uploads = new Uploads(bucket.name(), connection, failures);
    deletions = new Deletions(bucket, connection, failures, access);
    signedAddresses =
        new SignedAddresses(
            bucket.name(), connection, builder.downloadLifetime, builder.uploadLifetime);
    downloadAddresses =
        builder.publicUrl.<Addresses>map(PublicAddresses::new).orElse(signedAddresses);
  }

  /**
   * A builder for a storage in this bucket.
   *
   * @param bucket the name of the bucket, without {@code gs://}; for Firebase {@code
   *     <project>.firebasestorage.app}, or {@code <project>.appspot.com} if it is an older one
   * @throws IllegalArgumentException if no bucket can have this name
   */
  public static Builder builder(String bucket) {
    return new Builder(bucket);
  }

  @Override
  public String scheme() {
    return bucket.scheme();
  }

  @Override
  public Optional<Set<String>> buckets() {
    return Optional.of(Set.of(bucket.name()));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnusableKeyException if there can be no object of this key
   * @throws StorageException if the credentials cannot sign addresses
   */
  @Override
  public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
    // An address without a key would give away the list of all objects.
    ObjectKey key =
        ObjectKey.parse(bucket.storedKey(uri))
            .orElseThrow(
                () ->
                    new UnusableKeyException("There can be no object at " + uri + " to download."));
    return downloadAddresses.download(key);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The address takes the bytes of the object as the body of a PUT, with all of the headers. It
   * can be used again until it expires.
   *
   * @throws StorageException if the credentials cannot sign addresses
   */
  @Override
  public UploadAddress uploadAddress(
      ObjectKey key, long size, String contentType, RequestContext context) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative");
    }
    return signedAddresses.upload(ObjectKey.of(bucket.uri(key).key()), size, contentType);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The address takes an object of any size: the header field that Google limits it by would
   * have to be sent.
   */
  @Override
  public UploadAddress plainUploadAddress(ObjectKey key, long size, RequestContext context) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative");
    }
    return signedAddresses.plainUpload(ObjectKey.of(bucket.uri(key).key()));
  }

  @Override
  public StorageUri uri(ObjectKey key) {
    return bucket.uri(key);
  }

  @Override
  public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
    String key = bucket.storedKey(uri);
    Optional<StoredObject> object = key.isEmpty() ? Optional.empty() : downloads.open(key, range);
    if (object.isEmpty()) {
      access.requireBucket(Operation.READ, key);
      throw new ObjectNotFoundException(uri);
    }
    return object.get();
  }

  @Override
  public StorageUri write(
      ObjectKey key, InputStream content, long size, String contentType, RequestContext context) {
    StorageUri uri = bucket.uri(key);
    uploads.write(uri.key(), content, size, contentType);
    return uri;
  }

  @Override
  public boolean exists(StorageUri uri, RequestContext context) {
    String key = bucket.storedKey(uri);
    boolean found = !key.isEmpty() && downloads.find(key).isPresent();
    if (!found) {
      access.requireBucket(Operation.READ, key);
    }
    return found;
  }

  @Override
  public void delete(StorageUri uri, RequestContext context) {
    deletions.delete(uri);
  }

  /**
   * {@inheritDoc}
   *
   * <p>One request deletes a hundred objects.
   */
  @Override
  public void deleteAll(Collection<StorageUri> uris, RequestContext context) {
    deletions.deleteAll(uris);
  }

  @Override
  public Stream<ObjectSummary> list(String prefix, RequestContext context) {
    return Listing.of(connection, bucket, bucket.below(prefix), failures);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Asks whether the credentials may read and list the objects of the bucket, and makes a
   * download address. Whether they may write is not checked, as a server that only reads need not.
   */
  @Override
  public void check() {
    access.check();
    downloadAddresses.download(ObjectKey.of("check"));
  }

  /** Closes the connections, unless the client is the embedder's own. */
  @Override
  public void close() {
    connection.close();
  }

  @Override
  public String toString() {
    return "GcsStorage[" + SCHEME + "://" + bucket.name() + '/' + bucket.basePath() + ']';
  }

  /** Builds a {@link GcsStorage}. Not thread-safe. */
  public static final class Builder {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    private static final Duration MAX_LIFETIME = Duration.ofDays(7);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_ATTEMPTS = 20;

    private final String bucket;
    private String basePath = "";
    private CredentialsSource credentials = CredentialsSource.applicationDefault();
    private Optional<Storage> client = Optional.empty();
    private Optional<String> projectId = Optional.empty();
    private Optional<URI> endpoint = Optional.empty();
    private Optional<URI> publicUrl = Optional.empty();
    private Duration downloadLifetime = Duration.ofHours(1);
    private Duration uploadLifetime = Duration.ofHours(1);
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration readTimeout = Duration.ofSeconds(30);
    private int maxAttempts = 4;

    private Builder(String bucket) {
      if (!BUCKET.matcher(bucket).matches()) {
        throw new IllegalArgumentException(
            "bucket must be the name of a bucket, such as my-app.firebasestorage.app");
      }
      this.bucket = bucket;
    }

    /**
     * Sets the credentials; the default are the application default credentials, which are looked
     * for at the first call. The last of this and the other settings of credentials counts.
     */
    public Builder credentials(Credentials credentials) {
      requireNonNull(credentials, "credentials");
      this.credentials = () -> credentials;
      return this;
    }

    /**
     * Sets the key of a service account as the credentials.
     *
     * @param keyFile the JSON file that Google gives for it; read at the first call
     */
    public Builder serviceAccount(Path keyFile) {
      credentials = CredentialsSource.keyFile(requireNonNull(keyFile, "keyFile"));
      return this;
    }

    /**
     * Sets the key of a service account as the credentials.
     *
     * @param key the JSON that Google gives for it; read at once, not closed
     * @throws IllegalArgumentException if it is no such key
     */
    public Builder serviceAccount(InputStream key) {
      credentials = CredentialsSource.key(key);
      return this;
    }

    /**
     * Sets a client to use in place of one that this storage makes. Its credentials, endpoint,
     * timeouts and retries are its own, and what is set here about them does not count. The storage
     * does not close it.
     */
    public Builder client(Storage client) {
      this.client = Optional.of(client);
      return this;
    }

    /**
     * Sets the id of the project that the client acts for; the default is that of the service
     * account. Requests for objects go without it.
     */
    public Builder projectId(String projectId) {
      this.projectId = Optional.of(projectId);
      return this;
    }

    /**
     * Sets the address of the service, for an emulator or a private endpoint; the default is
     * Google's own.
     *
     * @throws IllegalArgumentException if it is no http(s) URL of a host, with or without port
     */
    public Builder endpoint(URI endpoint) {
      requireWeb("endpoint", endpoint);
      if (!endpoint.getPath().matches("/?")) {
        throw new IllegalArgumentException("endpoint must have no path");
      }
      this.endpoint =
          Optional.of(URI.create(endpoint.getScheme() + "://" + endpoint.getAuthority()));
      return this;
    }

    /** Sets the folder for new objects; the default is none. Slashes around it do not count. */
    public Builder basePath(String basePath) {
      this.basePath = requireNonNull(basePath, "basePath");
      return this;
    }

    /**
     * Sets the address below which everybody may download the objects, in place of signed ones. The
     * key follows it. The default is to sign.
     *
     * @param publicUrl such as {@code https://storage.googleapis.com/my-bucket}, or that of a cache
     * @throws IllegalArgumentException if it is no http(s) URL, or has a query or a fragment
     */
    public Builder publicUrl(URI publicUrl) {
      requireWeb("publicUrl", publicUrl);
      this.publicUrl = Optional.of(publicUrl);
      return this;
    }

    /**
     * Sets how long a signed download address works, in whole seconds; the default is an hour.
     *
     * @throws IllegalArgumentException if it is less than a second or more than seven days
     */
    public Builder downloadLifetime(Duration downloadLifetime) {
      this.downloadLifetime = lifetime("downloadLifetime", downloadLifetime);
      return this;
    }

    /**
     * Sets how long an upload address works, in whole seconds; the default is an hour.
     *
     * @throws IllegalArgumentException if it is less than a second or more than seven days
     */
    public Builder uploadLifetime(Duration uploadLifetime) {
      this.uploadLifetime = lifetime("uploadLifetime", uploadLifetime);
      return this;
    }

    /**
     * Sets how long to wait for a connection, in milliseconds; the default is ten seconds.
     *
     * @throws IllegalArgumentException if it is less than a millisecond or more than ten minutes
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = timeout("connectTimeout", connectTimeout);
      return this;
    }

    /**
     * Sets how long the service may be silent, in milliseconds; the default is 30 seconds.
     *
     * @throws IllegalArgumentException if it is less than a millisecond or more than ten minutes
     */
    public Builder readTimeout(Duration readTimeout) {
      this.readTimeout = timeout("readTimeout", readTimeout);
      return this;
    }

    /**
     * Sets how often a request is made before it counts as failed; the default is 4. The pauses in
     * between are a quarter of a second at first, and eight seconds at most.
     *
     * @param maxAttempts 1 to make none twice
     * @throws IllegalArgumentException if it is less than 1 or more than 20
     */
    public Builder maxAttempts(int maxAttempts) {
      if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS) {
        throw new IllegalArgumentException("maxAttempts must be from 1 to " + MAX_ATTEMPTS);
      }
      this.maxAttempts = maxAttempts;
      return this;
    }

    /**
     * Creates the storage. Opens no connection and looks for no credentials.
     *
     * @throws IllegalArgumentException if the base path is no valid key
     */
    public GcsStorage build() {
      return new GcsStorage(this);
    }

    private Connection connection() {
      return client
          .map(Connection::borrowed)
          .orElseGet(
              () ->
                  new OwnConnection(
                      new OwnConnection.Settings(
                          credentials,
                          projectId,
                          endpoint,
                          connectTimeout,
                          readTimeout,
                          maxAttempts)));
    }

    private static void requireWeb(String name, URI uri) {
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean isPlain =
          uri.getRawUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
      if (!isWeb || uri.getHost() == null || !isPlain) {
        throw new IllegalArgumentException(
            name + " must be an http(s) URL without credentials, query and fragment");
      }
    }

    private static Duration lifetime(String name, Duration lifetime) {
      return within(name, lifetime, Duration.ofSeconds(1), MAX_LIFETIME);
    }

    private static Duration timeout(String name, Duration timeout) {
      return within(name, timeout, Duration.ofMillis(1), MAX_TIMEOUT);
    }

    private static Duration within(String name, Duration value, Duration min, Duration max) {
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(name + " must be from " + min + " to " + max);
      }
      return value;
    }
  }
}
