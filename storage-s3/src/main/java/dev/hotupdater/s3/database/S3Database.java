package dev.hotupdater.s3.database;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A database made of JSON objects in a bucket. Bundles are in the layout of the Node plugin {@code
 * s3Database}: a bucket that it made is used as it is. Releases are in objects of this library's
 * own beside them. Several servers and deployers may work on it at the same time. Safe for use by
 * many threads.
 *
 * <pre>{@code
 * Database database = S3Database.builder(client, "updates-metadata").build();
 * }</pre>
 *
 * <p>The store must check the conditions of writes ({@code If-Match} and {@code If-None-Match}), as
 * Amazon S3, Cloudflare R2 and MinIO do; this is tried out before the first commit, and one that
 * does not is refused. One that does not check the conditions of deletions keeps an empty array
 * where an object would be deleted.
 *
 * <p>The newest commits are recorded in an object of this library's own, {@code
 * .hotupdater/journal.json}. A commit is made when it is there; a writer that stops before the
 * other objects say the same is seen whole by readers, and finished by the next commit.
 *
 * <p>Apps and releases are in objects of their own below {@code .hotupdater/releases/}, which never
 * change, and one object that lists them and is replaced by each commit.
 *
 * <p>What devices told is below {@code .hotupdater/devices/}, in objects that never change either,
 * and that are merged now and then.
 *
 * <p>What the Node plugin writes is taken in and kept, but its commits are not atomic.
 *
 * <p>The client is the caller's, and stays open. Needed permissions: {@code s3:ListBucket} on the
 * bucket, {@code s3:GetObject}, {@code s3:PutObject} and {@code s3:DeleteObject} on its objects.
 */
public final class S3Database implements ReleaseDatabase, DeviceDatabase {
  /** A write is sent a second time if its connection breaks, see {@link MetadataBucket#put}. */
  private static final int REQUESTS_OF_A_SLOW_WRITER = 2;

  private final MetadataJournal journal;
  private final BundleStore bundles;
  private final ReleaseStore releases;
  private final MetadataDevices devices;

  private S3Database(Builder builder) {
    MetadataBucket bucket =
        new MetadataBucket(builder.client, builder.bucket, builder.requestTimeout);
    MetadataLayout layout = new MetadataLayout(builder.prefix);
    MetadataObjects objects = new MetadataObjects(bucket, layout);
    journal = new MetadataJournal(bucket, layout);
    ConditionalRequests conditions = new ConditionalRequests(bucket, layout);
    CommitFinisher finisher =
        new CommitFinisher(layout, objects, new TargetLists(bucket, layout), journal, conditions);
    CommitWriter writer =
        new CommitWriter(
            layout,
            objects,
            journal,
            conditions,
            finisher,
            builder.commitTimeout,
            builder.repairDelay.orElse(
                builder.requestTimeout.multipliedBy(REQUESTS_OF_A_SLOW_WRITER)));
    MetadataReader reader = new MetadataReader(objects, journal, builder.commitTimeout);
    bundles = new MetadataStore(objects, journal, reader, writer);
    releases = releases(builder, bucket, layout, conditions);
    devices = devices(builder, new FactObjects(bucket, layout));
  }

  private static ReleaseStore releases(
      Builder builder,
      MetadataBucket bucket,
      MetadataLayout layout,
      ConditionalRequests conditions) {
    RootObject root = new RootObject(bucket, layout);
    RecordObjects<App> apps = new RecordObjects<>(bucket, layout);
    RecordObjects<Release> releases = new RecordObjects<>(bucket, layout);
    RecordSweep sweep = new RecordSweep(bucket, layout);
    ReleaseCommitter committer =
        new ReleaseCommitter(
            root, apps, releases, conditions, sweep, builder.commitTimeout, builder.clock);
    return new MetadataReleases(root, apps, releases, committer, builder.commitTimeout);
  }

  private static MetadataDevices devices(Builder builder, FactObjects objects) {
    CommitTurn turn = new CommitTurn();
    FactCompaction compaction =
        new FactCompaction(
            objects,
            builder.factLimits,
            builder.clock,
            builder.background,
            turn,
            builder.commitTimeout);
    return new MetadataDevices(
        objects, builder.factLimits, compaction, turn, builder.commitTimeout);
  }

  /**
   * A builder with the default options.
   *
   * @param client a client with region and credentials for the bucket
   * @param bucket the name of the bucket
   * @throws IllegalArgumentException if the name is blank
   */
  public static Builder builder(S3Client client, String bucket) {
    requireNonNull(client, "client");
    if (requireNonNull(bucket, "bucket").isBlank()) {
      throw new IllegalArgumentException("bucket must not be blank");
    }
    return new Builder(client, bucket);
  }

  /** {@inheritDoc} It is one request. */
  @Override
  public void check() {
    journal.read();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The context makes no difference here.
   */
  @Override
  public BundleStore bundles(RequestContext context) {
    return bundles;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The context makes no difference here.
   */
  @Override
  public ReleaseStore releases(RequestContext context) {
    return releases;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The context makes no difference here. Merging objects is done by a thread of its own, which
   * ends when it is done.
   */
  @Override
  public DeviceStore devices(RequestContext context) {
    return devices;
  }

  /** How many objects with what devices told could not be read so far. */
  int unreadableFacts() {
    return devices.unreadable();
  }

  @Override
  public String toString() {
    return "S3Database";
  }

  /** Builds an {@link S3Database}. Not thread-safe. */
  public static final class Builder {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final int MAX_BASE_PATH_BYTES = 200;
    private static final Pattern EDGE_SLASHES = Pattern.compile("^/+|/+$");

    private final S3Client client;
    private final String bucket;
    private String prefix = "";
    private Duration requestTimeout = Duration.ofSeconds(10);
    private Duration commitTimeout = Duration.ofMinutes(1);
    private Optional<Duration> repairDelay = Optional.empty();
    private Clock clock = Clock.systemUTC();
    private FactLimits factLimits = FactLimits.DEFAULT;
    private Executor background = Builder::inThreadOfItsOwn;

    private Builder(S3Client client, String bucket) {
      this.client = client;
      this.bucket = bucket;
    }

    /**
     * Sets below which path the objects are; the default is the bucket's root, as with the Node
     * plugin. Slashes at its ends make no difference.
     *
     * @throws IllegalArgumentException if it is longer than 200 bytes, or has an empty segment or
     *     one that is {@code .} or {@code ..}
     */
    public Builder basePath(String basePath) {
      String path = EDGE_SLASHES.matcher(requireNonNull(basePath, "basePath")).replaceAll("");
      if (path.isEmpty()) {
        prefix = "";
        return this;
      }
      for (String segment : path.split("/", -1)) {
        if (!KeySegment.of(segment).equals(segment)) {
          throw new IllegalArgumentException(
              "basePath must consist of plain segments with single slashes between them");
        }
      }
      if (path.getBytes(StandardCharsets.UTF_8).length > MAX_BASE_PATH_BYTES) {
        throw new IllegalArgumentException(
            "basePath must not be longer than " + MAX_BASE_PATH_BYTES + " bytes");
      }
      prefix = path + '/';
      return this;
    }

    /**
     * Sets how long to wait for the answer to one request, the client's own retries included; the
     * default is 10 seconds. After that a call fails with a {@link
     * dev.hotupdater.database.DatabaseUnavailableException}. A commit whose writer has stopped is
     * finished by another one after twice this time.
     *
     * @throws IllegalArgumentException if it is shorter than a millisecond or longer than an hour
     */
    public Builder requestTimeout(Duration timeout) {
      requestTimeout = checked("requestTimeout", timeout);
      return this;
    }

    /**
     * Sets how long one commit waits for other writers and repeats itself after they were faster,
     * and how long a reader reads again because of them; the default is one minute. After that the
     * call fails with a {@link dev.hotupdater.database.DatabaseUnavailableException}.
     *
     * @throws IllegalArgumentException if it is shorter than a millisecond or longer than an hour
     */
    public Builder commitTimeout(Duration timeout) {
      commitTimeout = checked("commitTimeout", timeout);
      return this;
    }

    /**
     * Sets how long the journal may stay as it is before another writer finishes the commit in it;
     * the default is twice the timeout of a request.
     */
    Builder repairDelay(Duration delay) {
      repairDelay = Optional.of(delay);
      return this;
    }

    /** Sets the clock that tells how old objects are; the default is the system's. */
    Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Sets how objects with what devices told are merged. */
    Builder factLimits(FactLimits limits) {
      factLimits = limits;
      return this;
    }

    /** Sets what merges them; the default is a thread that is started each time. */
    Builder background(Executor executor) {
      background = executor;
      return this;
    }

    private static void inThreadOfItsOwn(Runnable work) {
      Thread thread = new Thread(work, "hot-updater-s3-compaction");
      thread.setDaemon(true);
      thread.start();
    }

    private static Duration checked(String name, Duration timeout) {
      if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
        throw new IllegalArgumentException(name + " must be from one millisecond to one hour");
      }
      return timeout;
    }

    /** Builds the database. Sends no request. */
    public S3Database build() {
      return new S3Database(this);
    }
  }
}
