package dev.hotupdater.supabase;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.BatchAddressing;
import dev.hotupdater.storage.Bucket;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.SizedContent;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.UnusableKeyException;
import dev.hotupdater.storage.WritableStorage;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A storage in a bucket of Supabase Storage. The object {@code supabase-storage://updates/a/b.zip}
 * is {@code a/b.zip} in the bucket {@code updates}, as the Node server names it.
 *
 * <p>Objects of a private bucket are downloaded from Supabase under signed addresses that expire;
 * those of a {@linkplain Builder#publicBucket public} one under addresses that do not. Clients
 * cannot upload directly: Supabase's signed upload addresses take a file of any size.
 *
 * <p>Calls that change nothing, and deletions, are repeated a few times when Supabase is busy or
 * the connection fails; uploads are not, once they have begun. Every call ends in time.
 *
 * <p>Immutable and safe for use by many threads. Creating it opens no connection. It holds nothing
 * that must be closed: an HTTP client that it makes itself ends when it is no longer used.
 */
public final class SupabaseStorage implements BatchAddressing, WritableStorage {
  /** The scheme of the objects' URIs. */
  public static final String SCHEME = "supabase-storage";

  private final Bucket bucket;
  private final boolean isPublic;
  private final Endpoints endpoints;
  private final Api api;
  private final Signer signer;
  private final Downloads downloads;
  private final Uploads uploads;
  private final Deletions deletions;

  private SupabaseStorage(Builder builder, Endpoints endpoints, Bucket bucket, String key) {
    this.bucket = bucket;
    this.endpoints = endpoints;
    isPublic = builder.publicBucket;
    api = new Api(builder.httpClient(), key, builder.timeout, new Retries(builder.attempts));
    signer = new Signer(api, endpoints, builder.downloadLifetime, builder.clock);
    downloads = new Downloads(api, endpoints);
    uploads = new Uploads(api, endpoints, builder.uploadTimeout);
    deletions = new Deletions(api, endpoints);
  }

  /** A builder; it needs the project's URL, the bucket and the service role key. */
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
   * <p>Supabase signs only for objects that exist, so that for a private bucket, other than this
   * interface says, it is found out whether the object does.
   *
   * @throws ObjectNotFoundException if the bucket is private and there is no such object
   */
  @Override
  public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
    bucket.storedKey(uri);
    return Optional.ofNullable(downloadAddresses(List.of(uri), context).get(uri))
        .orElseThrow(() -> new ObjectNotFoundException(uri));
  }

  /**
   * {@inheritDoc}
   *
   * <p>One call for every 500 objects of a private bucket, none for those of a public one.
   */
  @Override
  public Map<StorageUri, DownloadAddress> downloadAddresses(
      Collection<StorageUri> uris, RequestContext context) {
    List<StorageUri> own = uris.stream().filter(this::mayExist).toList();
    Map<String, DownloadAddress> byKey = addresses(own.stream().map(StorageUri::key).toList());
    Map<StorageUri, DownloadAddress> addresses = new HashMap<>();
    for (StorageUri uri : own) {
      Optional.ofNullable(byKey.get(uri.key())).ifPresent(found -> addresses.put(uri, found));
    }
    return addresses;
  }

  private Map<String, DownloadAddress> addresses(List<String> keys) {
    if (isPublic) {
      Map<String, DownloadAddress> addresses = new HashMap<>();
      keys.forEach(
          key -> addresses.put(key, DownloadAddress.permanent(endpoints.publicDownload(key))));
      return addresses;
    }
    try {
      return signer.sign(keys);
    } catch (RefusedException e) {
      throw e.explained();
    }
  }

  private boolean mayExist(StorageUri uri) {
    return uri.scheme().equals(bucket.scheme())
        && uri.bucket().equals(bucket.name())
        && isKey(uri.key());
  }

  /** Another key may lead out of the bucket once a proxy has put its path in order. */
  private static boolean isKey(String key) {
    return ObjectKey.parse(key).isPresent();
  }

  @Override
  public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
    String key = bucket.storedKey(uri);
    if (!isKey(key)) {
      throw new ObjectNotFoundException(uri);
    }
    try {
      return downloads.open(key, range);
    } catch (RefusedException e) {
      throw switch (e.kind()) {
        case NO_OBJECT, UNUSABLE_KEY -> new ObjectNotFoundException(uri);
        default -> e.explained();
      };
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnusableKeyException if the key has characters that Supabase does not accept
   */
  @Override
  public StorageUri write(
      ObjectKey key, InputStream content, long size, String contentType, RequestContext context) {
    StorageUri uri = bucket.uri(key);
    KeyRules.require(uri.key());
    try {
      uploads.write(uri.key(), SizedContent.of(content, size), size, contentType);
    } catch (RefusedException e) {
      throw e.kind() == Refusal.Kind.UNUSABLE_KEY
          ? new UnusableKeyException("Supabase Storage does not accept the key. Rename the file.")
          : e.explained();
    }
    return uri;
  }

  @Override
  public boolean exists(StorageUri uri, RequestContext context) {
    String key = bucket.storedKey(uri);
    try {
      return isKey(key) && downloads.exists(key);
    } catch (RefusedException e) {
      throw e.explained();
    }
  }

  @Override
  public void delete(StorageUri uri, RequestContext context) {
    String key = bucket.storedKey(uri);
    if (isKey(key)) {
      deletions.delete(List.of(key));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>One call for every 500 objects.
   */
  @Override
  public void deleteAll(Collection<StorageUri> uris, RequestContext context) {
    Map<StorageUri, String> failures = new LinkedHashMap<>();
    List<StorageUri> own = new ArrayList<>();
    for (StorageUri uri : uris) {
      try {
        bucket.storedKey(uri);
        own.add(uri);
      } catch (StorageException e) {
        failures.put(uri, String.valueOf(e.getMessage()));
      }
    }
    failures.putAll(deletions.deleteAll(own.stream().filter(this::mayExist).toList()));
    if (!failures.isEmpty()) {
      throw new IncompleteDeletionException(failures);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>One call for every folder and every 1000 of its entries. Supabase counts through a folder
   * from its start for every page, so that an object may be missed or listed twice if others in its
   * folder are written or deleted meanwhile: collect what a listing finds before deleting it.
   */
  @Override
  public Stream<ObjectSummary> list(String prefix, RequestContext context) {
    FolderWalk walk = FolderWalk.of(api, endpoints, bucket, bucket.below(prefix));
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(walk, Spliterator.NONNULL), false);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Asks for the bucket, and fails as well if it is private where {@link Builder#publicBucket}
   * is set. It does not find out whether a bucket is public that should not be.
   */
  @Override
  public void check() {
    JsonNode found;
    try {
      found = api.send(api.request(endpoints.bucketItself()).build(), api::json);
    } catch (RefusedException e) {
      throw e.explained();
    }
    if (!found.path("id").isTextual()) {
      throw Json.unexpected();
    }
    if (isPublic && !found.path("public").asBoolean()) {
      throw new StorageException(
          "The bucket is private, so its public addresses do not work. Make it public in Supabase,"
              + " or leave publicBucket away.");
    }
  }

  @Override
  public String toString() {
    return "SupabaseStorage[" + bucket.scheme() + "://" + bucket.name() + "/]";
  }

  /** Builds a {@link SupabaseStorage}. Not thread-safe. */
  public static final class Builder {
    /** What Supabase allows, except what would end the bucket in a URI. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9_!.*'() &$@=;:+,-]{1,100}");

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");
    private static final Duration MIN_LIFETIME = Duration.ofSeconds(2);
    private static final Duration MAX_LIFETIME = Duration.ofDays(3650);
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MAX_TIMEOUT = Duration.ofDays(1);
    private static final int MAX_ATTEMPTS = 10;

    private @Nullable URI projectUrl;
    private @Nullable String bucket;
    private @Nullable String serviceRoleKey;
    private @Nullable HttpClient httpClient;
    private String basePath = "";
    private boolean publicBucket;
    private Duration downloadLifetime = Duration.ofHours(1);
    private Duration timeout = Duration.ofSeconds(10);
    private Duration uploadTimeout = Duration.ofMinutes(10);
    private int attempts = 3;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * Sets the URL of the project, such as {@code https://abc.supabase.co}; required. A path in it
     * is kept, for servers of one's own behind a proxy.
     *
     * @throws IllegalArgumentException if it is not https (or http of a loopback address), or has
     *     user, query or fragment
     */
    public Builder projectUrl(URI projectUrl) {
      Endpoints.of(projectUrl, "");
      this.projectUrl = projectUrl;
      return this;
    }

    /**
     * Sets the name of the bucket; required.
     *
     * @throws IllegalArgumentException if it is no name of a bucket
     */
    public Builder bucket(String bucket) {
      boolean isDots = bucket.equals(".") || bucket.equals("..");
      if (isDots || !BUCKET.matcher(bucket).matches()) {
        throw new IllegalArgumentException("bucket '" + bucket + "' does not match " + BUCKET);
      }
      this.bucket = bucket;
      return this;
    }

    /**
     * Sets the service role key, or a secret key ({@code sb_secret_…}), of the project; required.
     * It is sent with every request and never logged. White space around it is left out.
     *
     * @throws IllegalArgumentException if it is empty or has other than printable ASCII characters
     */
    public Builder serviceRoleKey(String serviceRoleKey) {
      String stripped = serviceRoleKey.strip();
      if (!KEY.matcher(stripped).matches()) {
        throw new IllegalArgumentException(
            "serviceRoleKey must have printable ASCII characters only, and at least one");
      }
      this.serviceRoleKey = stripped;
      return this;
    }

    /**
     * Sets the folder for new objects; the default is none.
     *
     * @throws IllegalArgumentException if it is no path, or has characters that Supabase does not
     *     accept
     */
    public Builder basePath(String basePath) {
      String checked = new Bucket(SCHEME, "", basePath).basePath();
      if (!checked.isEmpty() && !KeyRules.accept(checked)) {
        throw new IllegalArgumentException(
            "basePath has characters that Supabase Storage does not accept in keys");
      }
      this.basePath = checked;
      return this;
    }

    /**
     * Says that the bucket is public, so that everybody may read its objects: then they are
     * downloaded under permanent addresses, which cost no call and which caches can keep. The
     * default is a private bucket. {@link SupabaseStorage#check} fails if this is set and the
     * bucket is private.
     */
    public Builder publicBucket() {
      publicBucket = true;
      return this;
    }

    /**
     * Sets how long a signed download address works, in whole seconds; the default is an hour.
     *
     * @throws IllegalArgumentException if it is less than two seconds or more than ten years
     */
    public Builder downloadLifetime(Duration downloadLifetime) {
      Duration checked = within("downloadLifetime", downloadLifetime, MIN_LIFETIME, MAX_LIFETIME);
      this.downloadLifetime = Duration.ofSeconds(checked.toSeconds());
      return this;
    }

    /**
     * Sets how long to wait for a connection, for an answer to begin, and for more of it; the
     * default is 10 seconds. An upload has a limit of its own.
     *
     * @throws IllegalArgumentException if it is less than a millisecond or more than a day
     */
    public Builder timeout(Duration timeout) {
      this.timeout = within("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
      return this;
    }

    /**
     * Sets how long a whole upload may take; the default is 10 minutes.
     *
     * @throws IllegalArgumentException if it is less than a millisecond or more than a day
     */
    public Builder uploadTimeout(Duration uploadTimeout) {
      this.uploadTimeout = within("uploadTimeout", uploadTimeout, MIN_TIMEOUT, MAX_TIMEOUT);
      return this;
    }

    /**
     * Sets how often a request is sent at most while Supabase is busy or the connection fails; the
     * default is 3. The pauses in between are at most 5 seconds each.
     *
     * @throws IllegalArgumentException if it is less than 1 or more than 10
     */
    public Builder attempts(int attempts) {
      if (attempts < 1 || attempts > MAX_ATTEMPTS) {
        throw new IllegalArgumentException("attempts must be between 1 and " + MAX_ATTEMPTS);
      }
      this.attempts = attempts;
      return this;
    }

    /**
     * Sets the HTTP client to use, with its own proxy, trust and connection timeout; it is not
     * closed. The default is one that follows no redirects. One that follows them takes the key
     * along.
     */
    public Builder httpClient(HttpClient httpClient) {
      this.httpClient = requireNonNull(httpClient, "httpClient");
      return this;
    }

    /** Sets the clock that the expiry of addresses is counted from; the default is the system's. */
    public Builder clock(Clock clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Builds the storage. Opens no connection.
     *
     * @throws IllegalStateException if the project's URL, the bucket or the key is missing
     */
    public SupabaseStorage build() {
      String name = required("bucket", bucket);
      return new SupabaseStorage(
          this,
          Endpoints.of(required("projectUrl", projectUrl), name),
          new Bucket(SCHEME, name, basePath),
          required("serviceRoleKey", serviceRoleKey));
    }

    private HttpClient httpClient() {
      return Optional.ofNullable(httpClient)
          .orElseGet(() -> HttpClient.newBuilder().connectTimeout(timeout).build());
    }

    private static <T> T required(String name, @Nullable T value) {
      if (value == null) {
        throw new IllegalStateException(name + " is missing; set it before build()");
      }
      return value;
    }

    private static Duration within(String name, Duration value, Duration least, Duration most) {
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        throw new IllegalArgumentException(name + " must be between " + least + " and " + most);
      }
      return value;
    }
  }
}
