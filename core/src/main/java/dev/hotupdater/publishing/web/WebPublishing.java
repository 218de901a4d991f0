package dev.hotupdater.publishing.web;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.archive.ZipAdmission;
import dev.hotupdater.catalog.AppRecords;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.publishing.ArtifactTooLargeException;
import dev.hotupdater.publishing.UnknownReleaseException;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.signature.SigningKeys;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.WritableStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Publishes web bundles, and the packages of the apps that they run in.
 *
 * <p>A bundle is admitted, stored with all of its files, and then made known with one commit, which
 * also gives it its place in the order of uploads. What a version is never changes: the same bytes
 * can be published again, others cannot. Files that several bundles of an app have in common are
 * stored once, and stay as long as one of them does.
 *
 * <p>Safe for use by many threads, and on several servers over the same database and storage.
 *
 * <p>Beside what they name, methods throw {@link dev.hotupdater.database.DatabaseException} and
 * {@link dev.hotupdater.storage.StorageException} if the database or a storage fails; what they do
 * can be repeated after that.
 */
public final class WebPublishing {
  private final Backend backend;
  private final Intake intake;
  private final StoredUpload.Storing storing;
  private final Removal removal;

  private WebPublishing(Builder builder, Backend backend) {
    this.backend = backend;
    // Fails now, and not at the first request, if the database records no releases.
    backend.releases(RequestContext.none());
    BundleStorage storage =
        new BundleStorage(backend.storage(), builder.target(backend.storage().storages()));
    Manifests manifests = new Manifests(storage);
    SharedFiles sharedFiles = new SharedFiles(manifests);
    intake = new Intake(builder.admission, builder.maxPackageBytes, StorageAccess.MAX_TEXT_BYTES);
    storing =
        new StoredUpload.Storing(
            storage,
            new FileWriter(storage, builder.compression, builder.spoolDirectory),
            manifests,
            sharedFiles,
            builder.keys);
    removal = new Removal(storage, manifests, sharedFiles);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where people read more about a release, as {@link NewWebBundle.Builder#link} has it. */
  public static Optional<String> link(Release release) {
    return NewWebBundle.linkOf(release);
  }

  /**
   * Publishes a web bundle. If there is no such app, it is created. A bundle that was published
   * there before with the same bytes stays as it is; one that was removed comes back under the same
   * release, as the last upload. A bundle for another platform comes into the release of its
   * version, which keeps its place and what was said of it.
   *
   * <p>Takes as long as reading the zip three times and writing its files takes.
   *
   * @param zip its file, which must not be written to meanwhile; it stays where it is
   * @throws dev.hotupdater.archive.RejectedZipException if it is not admitted
   * @throws ChecksumMismatchException if it has another SHA-256 than it should
   * @throws BundleConflictException if the version was published before with other bytes for its
   *     platform, on any channel
   * @throws ArtifactTooLargeException if it is encrypted, and larger than a zip may be
   * @throws InvalidReleaseException naming the field that breaks a rule
   * @throws ReleaseStateException if the version is a draft, or was taken back
   */
  public PublishedBundle publish(AppId app, NewWebBundle bundle, Path zip, RequestContext context) {
    return publish(app, intake.bundle(bundle, zip), context);
  }

  /**
   * Publishes the package of an Android app on the channel {@code apk}. All that {@link
   * #publish(AppId, NewWebBundle, Path, RequestContext)} says of versions and their bytes is true
   * of packages, too.
   *
   * @param file its file, which must not be written to meanwhile; it stays where it is
   * @throws dev.hotupdater.archive.RejectedZipException if it is no package
   * @throws ChecksumMismatchException if it has another SHA-256 than it should
   * @throws BundleConflictException if the version was published before with other bytes
   * @throws ArtifactTooLargeException if it is larger than packages may be
   * @throws ReleaseStateException if the version is a draft, or was taken back
   */
  public PublishedBundle publishPackage(
      AppId app, NewPackage appPackage, Path file, RequestContext context) {
    return publish(app, intake.appPackage(appPackage, file), context);
  }

  private PublishedBundle publish(AppId app, Upload upload, RequestContext context) {
    return new Publication(app, upload, backend.releases(context), now())
        .run(new PlaceOf(app, upload, context));
  }

  private final class PlaceOf implements Publication.Place {
    private final AppId app;
    private final Upload upload;
    private final RequestContext context;

    private PlaceOf(AppId app, Upload upload, RequestContext context) {
      this.app = app;
      this.upload = upload;
      this.context = context;
    }

    @Override
    public StoredUpload prepare(ReleaseId release) {
      ReleaseId artifact = ReleaseId.random();
      return new StoredUpload(
          upload, storing, AttemptFolder.create(app, release, artifact), artifact, context);
    }

    @Override
    public void clear(Release removed, AppRecords records) {
      removal.clear(removed, records, context);
    }
  }

  private Instant now() {
    return backend.storage().clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Removes a release: no device is offered it any more, and its bytes are deleted. What they were
   * is still known, so that its version can come back with the same ones only. The one before it on
   * its channel is then the last one. Files that other bundles have, too, stay. If something could
   * not be deleted, this can be repeated.
   *
   * @return the release, removed; empty if the app has no such release
   * @throws ReleaseStateException if it is a draft, or has neither a web bundle nor a package
   * @throws dev.hotupdater.storage.IncompleteDeletionException if some objects could not be
   *     deleted; the release is removed all the same
   */
  public Optional<Release> remove(AppId app, ReleaseId release, RequestContext context) {
    return removal.remove(backend.releases(context), app, release, context);
  }

  /**
   * Makes a published release the active one of its channel. If it is that already, nothing
   * changes. Releases for its platforms that were uploaded after it are then rolled back from: they
   * are offered to nobody, also not to devices that the active one is not for, until they are
   * activated themselves.
   *
   * @throws ReleaseStateException if it is not published
   * @throws UnknownReleaseException if the app has no such release
   */
  public Release activate(AppId app, ReleaseId release, RequestContext context) {
    return Activation.activate(backend.releases(context), app, release);
  }

  /**
   * Changes which devices get a release: its rollout, cohorts and rules, its lowest native version,
   * and whether it is mandatory. Whatever else the change does has no effect.
   *
   * @param change may be done several times
   * @throws InvalidReleaseException if the changed release breaks a rule
   * @throws UnknownReleaseException if the app has no such release
   */
  public Release changeDelivery(
      AppId app, ReleaseId release, UnaryOperator<Release> change, RequestContext context) {
    return Activation.changeDelivery(backend.releases(context), app, release, change);
  }

  /**
   * Removes old releases, those that were uploaded first before the others. Whatever some device
   * may be offered stays, as do the last ones of each channel and those that are young. A device
   * that runs one which was removed like this keeps it.
   *
   * @return those that were removed
   * @throws dev.hotupdater.storage.IncompleteDeletionException if some objects could not be
   *     deleted; releases whose turn has not come are left
   */
  public List<Release> cleanUp(AppId app, Retention retention, RequestContext context) {
    return removal.cleanUp(backend.releases(context), app, retention, now(), context);
  }

  /**
   * Signs the published web bundles that lack a signature by one of the keys, such as one that came
   * after them. Without keys, nothing is done. Bundles before one that is refused have been signed.
   *
   * @return how many bundles got signatures
   * @throws ReleaseStateException if the storage has other bytes than were published; they are not
   *     signed
   */
  public int signAgain(AppId app, RequestContext context) {
    return storing
        .keys()
        .map(
            keys ->
                new LaterSigning(keys, storing.storage(), backend.releases(context), context)
                    .signAll(app))
        .orElse(0);
  }

  /** Builds a {@link WebPublishing}. Not thread-safe. */
  public static final class Builder {
    private ZipAdmission admission = ZipAdmission.standard();
    private Optional<FileCompression> compression = Optional.empty();
    private Optional<WritableStorage> storage = Optional.empty();
    private Optional<SigningKeys> keys = Optional.empty();
    private long maxPackageBytes = 2L << 30;
    private Optional<Path> spoolDirectory = Optional.empty();

    private Builder() {}

    /** Sets which zips are admitted; the default is {@link ZipAdmission#standard}. */
    public Builder admission(ZipAdmission admission) {
      this.admission = requireNonNull(admission, "admission");
      return this;
    }

    /**
     * Sets what compresses files; the default is nothing, so that devices download files as they
     * are.
     */
    public Builder compression(FileCompression compression) {
      this.compression = Optional.of(compression);
      return this;
    }

    /**
     * Sets the storage that bundles go to, which must be one of the server's; the default is its
     * first one that can be written to.
     */
    public Builder over(WritableStorage storage) {
      this.storage = Optional.of(storage);
      return this;
    }

    /** Sets the keys that web bundles are signed with; the default is none. */
    public Builder signedBy(SigningKeys keys) {
      this.keys = Optional.of(keys);
      return this;
    }

    /**
     * Sets the largest package in bytes; the default is 2 GiB.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxPackageBytes(long maxPackageBytes) {
      if (maxPackageBytes < 1) {
        throw new IllegalArgumentException("maxPackageBytes must be positive");
      }
      this.maxPackageBytes = maxPackageBytes;
      return this;
    }

    /**
     * Sets the directory, which must exist, for files that are kept while they are stored; the
     * default is that of the system. At most 32 at the same time, each as large as a file of a
     * bundle.
     */
    public Builder spoolDirectory(Path spoolDirectory) {
      this.spoolDirectory = Optional.of(spoolDirectory);
      return this;
    }

    /**
     * Starts publishing.
     *
     * @param backend the parts of the server, as {@link dev.hotupdater.HotUpdater#backend} gives
     *     them
     * @throws IllegalArgumentException if the server's database records no releases, it has no
     *     storage that can be written to, or the given one is not the server's
     */
    public WebPublishing start(Backend backend) {
      return new WebPublishing(this, backend);
    }

    private WritableStorage target(Storages storages) {
      return storages.target(storage, WritableStorage.class, "web bundles");
    }
  }
}
