package dev.hotupdater.s3;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.Bucket;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ClientUploads;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.SizedContent;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.UnusableKeyException;
import dev.hotupdater.storage.UploadAddress;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A storage in a bucket of Amazon S3, Cloudflare R2, MinIO or another service with the S3 protocol.
 * The object {@code s3://updates/a/b.zip} is the object {@code a/b.zip} of the bucket {@code
 * updates}. Clients download from the bucket itself under presigned URLs, or from a public or
 * CloudFront address, and upload to it under presigned URLs.
 *
 * <p>Objects whose key is no {@link ObjectKey} are not objects of this storage: they are not listed
 * and not found.
 *
 * <p>Immutable and safe for use by many threads. Creating it makes no call and looks up no
 * credentials; that happens at the first use. Every call ends in time: see the timeouts of the
 * {@link Builder}. A call that fails in passing is repeated a few times before it is a {@link
 * StorageUnavailableException}.
 */
public final class S3Storage implements ClientUploads, AutoCloseable {
  private final Bucket bucket;
  private final S3Connection connection;
  private final S3Errors errors;
  private final Downloads downloads;
  private final PresignedUrls presignedUrls;
  private final ObjectLookup lookup;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final ObjectDeletion deletion;

  private S3Storage(Builder builder, Bucket bucket) {
    this.bucket = bucket;
    String name = bucket.name();
    connection = builder.connection();
    errors = new S3Errors(name);
    presignedUrls =
        new PresignedUrls(
            connection, errors, name, builder.downloadLifetime, builder.uploadLifetime);
    downloads = builder.downloads(presignedUrls);
    lookup = new ObjectLookup(connection, errors, name);
    reader = new ObjectReader(connection, errors, lookup, name);
    writer = new ObjectWriter(connection, errors, name, builder.partSize, builder.uploadTimeout);
    deletion = new ObjectDeletion(connection, errors, name);
  }

  /** A builder for a storage, which needs a bucket. */
  public static Builder builder() {
    return new Builder();
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
   * <p>Computed here, without a call. A presigned URL stops to work when the credentials expire
   * with which it was signed, and says so, unless the presigner is one of yours.
   *
   * @throws UnusableKeyException if there can be no object of this key
   */
  @Override
  public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
    return downloads.address(
        usableKey(uri)
            .orElseThrow(
                () ->
                    new UnusableKeyException(
                        "No object of this storage can have the key of " + uri + ".")));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Computed here, without a call. The size, the content type and the {@code Cache-Control} are
   * signed, so that the service refuses others. The address can be used again until it expires.
   */
  @Override
  public UploadAddress uploadAddress(
      ObjectKey key, long size, String contentType, RequestContext context) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative");
    }
    return presignedUrls.upload(bucket.uri(key).key(), size, contentType);
  }

  @Override
  public UploadAddress plainUploadAddress(ObjectKey key, long size, RequestContext context) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative");
    }
    return presignedUrls.plainUpload(bucket.uri(key).key(), size);
  }

  @Override
  public StorageUri uri(ObjectKey key) {
    return bucket.uri(key);
  }

  @Override
  public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
    if (usableKey(uri).isEmpty()) {
      throw new ObjectNotFoundException(uri);
    }
    return reader.open(uri, range);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Has one part of the object in memory at a time, or all of it if it is smaller.
   */
  @Override
  public StorageUri write(
      ObjectKey key, InputStream content, long size, String contentType, RequestContext context) {
    StorageUri uri = bucket.uri(key);
    writer.write(uri.key(), SizedContent.of(content, size), size, contentType);
    return uri;
  }

  @Override
  public boolean exists(StorageUri uri, RequestContext context) {
    return usableKey(uri).isPresent() && lookup.exists(uri);
  }

  @Override
  public void delete(StorageUri uri, RequestContext context) {
    usableKey(uri).ifPresent(deletion::delete);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Deletes up to 1000 objects with one call. If the service is not available, the objects that
   * are left are named as not deleted without being tried.
   */
  @Override
  public void deleteAll(Collection<StorageUri> uris, RequestContext context) {
    Map<StorageUri, String> failures = new LinkedHashMap<>();
    Set<StorageUri> own = new LinkedHashSet<>();
    for (StorageUri uri : uris) {
      try {
        usableKey(uri).ifPresent(key -> own.add(uri));
      } catch (StorageException e) {
        failures.put(uri, String.valueOf(e.getMessage()));
      }
    }
    deletion.deleteAll(own, failures::put);
    if (!failures.isEmpty()) {
      throw new IncompleteDeletionException(failures);
    }
  }

  @Override
  public Stream<ObjectSummary> list(String prefix, RequestContext context) {
    return ListedObjects.stream(connection, errors, bucket, bucket.below(prefix));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Asks the service for the bucket with one call. Needs the permission {@code s3:ListBucket}.
   */
  @Override
  public void check() {
    lookup.checkBucket();
  }

  /** The key of a URI of this bucket; empty if there can be no object of this key. */
  private Optional<String> usableKey(StorageUri uri) {
    return ObjectKey.parse(bucket.storedKey(uri)).map(ObjectKey::toString);
  }

  /**
   * Closes the connections of this storage; not clients that were passed in. Closing it again does
   * nothing.
   */
  @Override
  public void close() {
    connection.close();
  }

  @Override
  public String toString() {
    return "S3Storage[" + bucket.scheme() + "://" + bucket.name() + "/" + bucket.basePath() + ']';
  }

  /** Builds an {@link S3Storage}. Not thread-safe. */
  public static final class Builder {
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,31}");
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Duration MAX_LIFETIME = Duration.ofDays(7);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final int MIN_PART_SIZE = 5 << 20;
    private static final int MAX_PART_SIZE = 1 << 30;
    private static final int MAX_ATTEMPTS = 10;

    private String scheme = "s3";
    private Optional<String> bucket = Optional.empty();
    private String basePath = "";
    private Optional<String> region = Optional.empty();
    private Optional<URI> endpoint = Optional.empty();
    private Optional<Boolean> pathStyle = Optional.empty();
    private Optional<AwsCredentialsProvider> credentials = Optional.empty();
    private Optional<S3Connection> clients = Optional.empty();
    private Optional<URI> publicUrl = Optional.empty();
    private Optional<CloudFrontKey> cloudFrontKey = Optional.empty();
    private Duration downloadLifetime = Duration.ofHours(1);
    private Duration uploadLifetime = Duration.ofHours(1);
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration attemptTimeout = Duration.ofSeconds(15);
    private Duration callTimeout = Duration.ofSeconds(30);
    private Duration uploadTimeout = Duration.ofMinutes(5);
    private int maxAttempts = 3;
    private int partSize = 16 << 20;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * Sets the bucket, which has to exist. Required.
     *
     * @throws IllegalArgumentException if it cannot be the name of a bucket; ARNs are not taken
     */
    public Builder bucket(String bucket) {
      this.bucket = Optional.of(checked("bucket", bucket, BUCKET));
      return this;
    }

    /**
     * Sets the scheme of the objects' URIs; the default is {@code s3}. Bundles that were deployed
     * to Cloudflare R2 may have {@code r2}.
     *
     * @throws IllegalArgumentException if it is no lower-case URI scheme
     */
    public Builder scheme(String scheme) {
      this.scheme = checked("scheme", scheme, SCHEME);
      return this;
    }

    /**
     * Sets the folder for new objects; the default is none. An object elsewhere in the bucket can
     * be read and deleted all the same.
     */
    public Builder basePath(String basePath) {
      this.basePath = requireNonNull(basePath, "basePath");
      return this;
    }

    /**
     * Sets the region of the bucket, such as {@code eu-central-1}. The default is what the SDK
     * finds in the environment, and {@code us-east-1} where there is an endpoint.
     *
     * @throws IllegalArgumentException if it has not the form of a region
     */
    public Builder region(String region) {
      this.region = Optional.of(checked("region", region, REGION));
      return this;
    }

    /**
     * Sets the address of a service other than AWS, such as {@code http://127.0.0.1:9000}. Clients
     * download from there, too, so they must be able to reach it.
     *
     * @throws IllegalArgumentException if it is no absolute http(s) URL, or has credentials, a
     *     query or a fragment
     */
    public Builder endpoint(URI endpoint) {
      this.endpoint = Optional.of(WebAddress.require("endpoint", endpoint));
      return this;
    }

    /**
     * Sets whether the bucket is part of the path of URLs, or of the host. The default is the path
     * where there is an endpoint, and the host on AWS.
     */
    public Builder pathStyle(boolean pathStyle) {
      this.pathStyle = Optional.of(pathStyle);
      return this;
    }

    /**
     * Sets the credentials to sign with. The default is what the SDK finds in the environment: see
     * its default credentials provider chain.
     *
     * @throws IllegalArgumentException if one of them is blank
     */
    public Builder credentials(String accessKeyId, String secretAccessKey) {
      if (accessKeyId.isBlank() || secretAccessKey.isBlank()) {
        throw new IllegalArgumentException("The access key and its secret must not be blank");
      }
      return credentials(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(accessKeyId, secretAccessKey)));
    }

    /**
     * Sets where the credentials come from. It is asked for every address and call, and not closed
     * by the storage.
     */
    public Builder credentials(AwsCredentialsProvider credentials) {
      this.credentials = Optional.of(credentials);
      return this;
    }

    /**
     * Sets clients of the embedder, which the storage does not close. Region, endpoint, path style,
     * credentials, the timeouts for connecting, attempts and calls, and the number of attempts are
     * then theirs.
     *
     * @param client for calls
     * @param presigner for addresses; its endpoint is the one that clients download from. When its
     *     credentials end is not known here: if they do, choose a {@link #downloadLifetime} that is
     *     shorter than they last.
     */
    public Builder clients(S3Client client, S3Presigner presigner) {
      this.clients =
          Optional.of(
              new GivenConnection(
                  requireNonNull(client, "client"), requireNonNull(presigner, "presigner")));
      return this;
    }

    /**
     * Gives clients permanent addresses below this URL in place of presigned ones: the object
     * {@code a/b.zip} of the bucket is at {@code <url>/a/b.zip} for everybody.
     *
     * @throws IllegalArgumentException if it is no absolute http(s) URL, or has credentials, a
     *     query or a fragment
     */
    public Builder publicUrl(URI publicUrl) {
      this.publicUrl = Optional.of(WebAddress.require("publicUrl", publicUrl));
      this.cloudFrontKey = Optional.empty();
      return this;
    }

    /**
     * Gives clients signed addresses of a CloudFront distribution in place of presigned ones. They
     * work for {@link #downloadLifetime}.
     *
     * @param url the address of the distribution, such as {@code https://d111.cloudfront.net},
     *     whose root is the root of the bucket
     * @throws IllegalArgumentException if it is no absolute http(s) URL, or has credentials, a
     *     query or a fragment
     */
    public Builder cloudFront(URI url, CloudFrontKey key) {
      this.publicUrl = Optional.of(WebAddress.require("url", url));
      this.cloudFrontKey = Optional.of(key);
      return this;
    }

    /**
     * Sets how long a download address works, in whole seconds; the default is an hour.
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
     * Sets the limit for opening a connection; the default is 5 seconds.
     *
     * @throws IllegalArgumentException if it is not positive or more than an hour
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = timeout("connectTimeout", connectTimeout);
      return this;
    }

    /**
     * Sets the limit for one attempt of a call, and for the wait for more bytes of a download; the
     * default is 15 seconds.
     *
     * @throws IllegalArgumentException if it is not positive or more than an hour
     */
    public Builder attemptTimeout(Duration attemptTimeout) {
      this.attemptTimeout = timeout("attemptTimeout", attemptTimeout);
      return this;
    }

    /**
     * Sets the limit for a call with all its attempts; the default is 30 seconds. Of a download, it
     * is the time until the first byte.
     *
     * @throws IllegalArgumentException if it is not positive or more than an hour
     */
    public Builder callTimeout(Duration callTimeout) {
      this.callTimeout = timeout("callTimeout", callTimeout);
      return this;
    }

    /**
     * Sets the limit for the upload of an object or of one of its parts, with all attempts; the
     * default is 5 minutes.
     *
     * @throws IllegalArgumentException if it is not positive or more than an hour
     */
    public Builder uploadTimeout(Duration uploadTimeout) {
      this.uploadTimeout = timeout("uploadTimeout", uploadTimeout);
      return this;
    }

    /**
     * Sets how often a call is tried if it fails in passing; the default is 3.
     *
     * @throws IllegalArgumentException if it is not 1 to 10
     */
    public Builder maxAttempts(int maxAttempts) {
      if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS) {
        throw new IllegalArgumentException("maxAttempts must be 1 to " + MAX_ATTEMPTS);
      }
      this.maxAttempts = maxAttempts;
      return this;
    }

    /**
     * Sets the size in bytes up to which an object is written with one call, and of the parts of
     * larger ones; the default is 16 MiB. Each upload has so much in memory. An object has at most
     * 10,000 parts.
     *
     * @throws IllegalArgumentException if it is less than 5 MiB or more than 1 GiB
     */
    public Builder partSize(int partSize) {
      if (partSize < MIN_PART_SIZE || partSize > MAX_PART_SIZE) {
        throw new IllegalArgumentException(
            "partSize must be " + MIN_PART_SIZE + " to " + MAX_PART_SIZE + " bytes");
      }
      this.partSize = partSize;
      return this;
    }

    /** Sets the clock for CloudFront addresses; the default is the system's. */
    public Builder clock(Clock clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Builds the storage. Makes no call.
     *
     * @throws IllegalStateException if no bucket is set
     * @throws IllegalArgumentException if the base path is not a path
     */
    public S3Storage build() {
      String name =
          bucket.orElseThrow(() -> new IllegalStateException("Set the bucket of the storage"));
      return new S3Storage(this, Bucket.of(scheme, name).withBasePath(basePath));
    }

    private S3Connection connection() {
      return clients.orElseGet(
          () ->
              new OwnConnection(
                  new ConnectionSettings(
                      region,
                      endpoint,
                      pathStyle,
                      credentials,
                      connectTimeout,
                      attemptTimeout,
                      callTimeout,
                      maxAttempts)));
    }

    private Downloads downloads(Downloads presigned) {
      return publicUrl.map(this::downloads).orElse(presigned);
    }

    private Downloads downloads(URI url) {
      return cloudFrontKey
          .<Downloads>map(key -> new CloudFrontUrls(url, key, downloadLifetime, clock))
          .orElseGet(() -> new PublicUrls(url));
    }

    private static String checked(String name, String value, Pattern form) {
      if (!form.matcher(value).matches()) {
        throw new IllegalArgumentException(name + " '" + value + "' does not match " + form);
      }
      return value;
    }

    private static Duration lifetime(String name, Duration value) {
      if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(MAX_LIFETIME) > 0) {
        throw new IllegalArgumentException(
            name + " must be between a second and " + MAX_LIFETIME.toDays() + " days");
      }
      return Duration.ofSeconds(value.toSeconds());
    }

    private static Duration timeout(String name, Duration value) {
      if (value.isNegative() || value.isZero() || value.compareTo(MAX_TIMEOUT) > 0) {
        throw new IllegalArgumentException(name + " must be positive and at most an hour");
      }
      return value;
    }
  }
}
