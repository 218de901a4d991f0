package dev.hotupdater.publishing;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.catalog.CatalogChange;
import dev.hotupdater.catalog.CatalogListener;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.release.Slug;
import dev.hotupdater.release.VerificationKey;
import dev.hotupdater.storage.ClientUploads;
import dev.hotupdater.storage.Storages;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Publishes releases: a release is created, the files of its artifacts are announced, uploaded to
 * the storage by their publisher, checked, and offered to clients.
 *
 * <p>What clients get is always what was checked. An upload is copied to a place of its own while
 * it is hashed and its signatures are verified, and nothing becomes ready before all of it is
 * right. It is completed by {@link #complete}, or, if it has a signature, by a watch in the
 * background that finds it in the storage.
 *
 * <p>Safe for use by many threads, and on several servers over the same database and storage. It
 * ends with the server that it works for, or when it is closed.
 *
 * <p>Beside what they name, methods throw {@link dev.hotupdater.database.DatabaseException} and
 * {@link dev.hotupdater.storage.StorageException} if the database or a storage fails; what they do
 * can be repeated after that.
 */
public final class ReleasePublishing implements AutoCloseable {
  private final Records records;
  private final Announcing announcing;
  private final Completion completion;
  private final Deletion deletion;
  private final UploadWatch watch;
  private final Optional<WatchLoop> loop;

  private ReleasePublishing(Builder builder, Backend backend) {
    records = new Records(backend);
    Places places = new Places(builder.uploadPrefix);
    ArtifactFiles files =
        new ArtifactFiles(backend.storage(), builder.target(backend.storage().storages()));
    announcing =
        new Announcing(records, files, places, builder.uploadLifetime, builder.maxArtifactBytes);
    completion = new Completion(records, files);
    deletion = new Deletion(records, files);
    watch = new UploadWatch(records, files, completion, announcing, builder.contexts);
    // Fails now, and not at the first request, if the database records no releases.
    records.of(builder.contexts.get(0));
    loop = builder.pollInterval.map(interval -> WatchLoop.start(watch, interval));
    backend.onCatalogChange(new EndOfServer());
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Why the last upload of a pending artifact was rejected; absent if none was. */
  public static Optional<String> rejection(Artifact artifact) {
    return Rejection.of(artifact);
  }

  /**
   * The app, as the database has it.
   *
   * @throws UnknownAppException if there is no such app
   */
  public App app(AppId app, RequestContext context) {
    return records.app(app, context);
  }

  /**
   * The release, as the database has it.
   *
   * @throws UnknownReleaseException if the app has no such release
   */
  public Release release(AppId app, ReleaseId release, RequestContext context) {
    return records.release(app, release, context);
  }

  /**
   * Gives an app its name in public addresses, and creates the app if there is none. Clients have
   * that name compiled in: those of an app that gets another one find no updates any more.
   *
   * @throws dev.hotupdater.database.AlreadyTakenException if another app has it
   */
  public App setSlug(AppId app, Slug slug, RequestContext context) {
    return records.of(context).changeApp(app, records.now(), known -> known.withSlug(slug));
  }

  /**
   * Replaces the public keys that the signatures of an app are verified with. An app with keys gets
   * no artifact ready without a signature that one of them verifies; one without any takes whatever
   * is given.
   *
   * <p>What is published keeps the signatures it has, and clients are offered what has one by the
   * key that they need. So releases that were signed with a key which is taken away are not offered
   * any more to the clients that now need another one, nor are those from before the app had keys.
   * To replace a key, add the new one with the first version that was built with it, and leave the
   * old one.
   *
   * @throws InvalidReleaseException if one is no public key, or it is not clear which of them a
   *     version needs
   * @throws UnknownAppException if there is no such app
   */
  public App setKeys(AppId app, List<AppKey> keys, RequestContext context) {
    List<VerificationKey> checked = PublicKeys.read(keys);
    records.app(app, context);
    return records.of(context).changeApp(app, records.now(), known -> known.withKeys(checked));
  }

  /**
   * Creates a release, as a draft without artifacts.
   *
   * @throws InvalidReleaseException if it breaks a rule, or its signature is a secret key or, of an
   *     app with keys, no signature
   * @throws UploadRejectedException if its signature is of another key or another version
   * @throws UnknownAppException if there is no such app, or it has no slug
   * @throws dev.hotupdater.database.AlreadyTakenException if its version exists on its channel
   */
  public Release create(AppId app, NewRelease described, RequestContext context) {
    SignatureRules rules =
        new SignatureRules(records.appWithSlug(app, context), described.version());
    Release release =
        described.draft(
            app,
            described.signature().map(text -> rules.read("signature", text).text()),
            records.now());
    records.of(context).create(release);
    return release;
  }

  /**
   * Announces an artifact, which is pending until its bytes are there and are right. Announcing one
   * anew that is pending renews its upload: the artifact stays the same, what is said of it may be
   * something else, and what was uploaded is deleted.
   *
   * @throws ArtifactTooLargeException if it is larger than this server takes
   * @throws InvalidReleaseException if it breaks a rule
   * @throws UploadRejectedException if a signature is of another key or another version
   * @throws ReleaseStateException if it is ready already, or nothing can be added to the release
   * @throws UnknownAppException if there is no such app, or it has no slug
   * @throws UnknownReleaseException if the app has no such release
   */
  public AnnouncedUpload announceArtifact(
      AppId app, ReleaseId release, NewArtifact described, RequestContext context) {
    return announcing.announce(app, release, described, context);
  }

  /**
   * Completes an upload: copies it, and if its size, its hash and its signatures are right, makes
   * the artifact ready. A release that is announced on completion is published by its first one.
   * Takes as long as reading and writing the file takes. An upload that is not what was announced
   * is deleted; one that only the claims do not fit stays, and can be completed with others.
   *
   * <p>An upload that has a signature, of its own or of its release, is found by the watch, too.
   * One without any is left to this method, with which its signature may still come; of an app
   * without keys, it can be completed without one.
   *
   * @param claims what is known of the bytes beyond what was announced; signatures take the place
   *     of those that were
   * @return the artifact; if it was ready before, and is what is claimed, as it is
   * @throws UploadRejectedException if something is not right; nothing has become ready
   * @throws InvalidReleaseException if a signature is none
   * @throws dev.hotupdater.storage.StorageUnavailableException if too many uploads are being
   *     completed, or another completion of this one takes too long; try again later
   * @throws ReleaseStateException if nothing was uploaded, if the artifact is ready with other
   *     bytes or signatures, or if it was changed in the meantime
   * @throws UnknownAppException if there is no such app
   * @throws UnknownReleaseException if there is no such release or artifact
   */
  public Artifact complete(
      AppId app,
      ReleaseId release,
      ReleaseId artifact,
      UploadClaims claims,
      RequestContext context) {
    return completion.complete(new ArtifactRef(app, release, artifact, context), claims);
  }

  /**
   * Takes back the announcement of an artifact, and deletes what was uploaded.
   *
   * @throws ReleaseStateException if it is ready, or was announced anew in the meantime
   * @throws UnknownReleaseException if there is no such release or artifact
   */
  public void withdrawArtifact(
      AppId app, ReleaseId release, ReleaseId artifact, RequestContext context) {
    announcing.withdraw(new ArtifactRef(app, release, artifact, context));
  }

  /**
   * Offers a draft to clients. One that is published stays as it is.
   *
   * @throws ReleaseStateException if it has no artifact, or one whose bytes are not there, or was
   *     yanked
   * @throws UnknownReleaseException if the app has no such release
   */
  public Release publish(AppId app, ReleaseId release, RequestContext context) {
    return records.change(
        app, release, current -> StateChanges.published(current, records.now()), context);
  }

  /**
   * Takes a published release back: no client is offered it any more, and who has been told of it
   * can still download it. One that is yanked stays as it is.
   *
   * @throws ReleaseStateException if it is a draft
   * @throws UnknownReleaseException if the app has no such release
   */
  public Release yank(AppId app, ReleaseId release, RequestContext context) {
    return records.change(app, release, StateChanges::yanked, context);
  }

  /**
   * Changes how far a release is rolled out.
   *
   * @throws InvalidReleaseException if a cohort is none
   * @throws UnknownReleaseException if the app has no such release
   */
  public Release changeRollout(
      AppId app, ReleaseId release, RolloutChange change, RequestContext context) {
    return records.change(app, release, change::applyTo, context);
  }

  /**
   * Deletes a release with all its files. It is yanked first, and its record is deleted last; if
   * something fails in between, it can be deleted again. Clients that have been told of it cannot
   * download it any more, which {@link #yank} avoids.
   *
   * @return whether there was such a release
   * @throws ReleaseStateException if it has web bundles, whose files may be those of others, too
   * @throws dev.hotupdater.storage.IncompleteDeletionException if some files could not be deleted;
   *     the release is still there, yanked
   */
  public boolean delete(AppId app, ReleaseId release, RequestContext context) {
    return deletion.delete(app, release, context);
  }

  /**
   * Completes what was uploaded and has a signature, of its own or of its release, as the watch in
   * the background does; a limited number with each call.
   *
   * @return how many artifacts became ready
   */
  public int completeUploads() {
    return watch.completeUploads();
  }

  /**
   * Takes artifacts out of their releases that were not uploaded in time, as the watch in the
   * background does; a limited number with each call.
   *
   * @return how many were taken out
   */
  public int sweep() {
    return watch.sweep();
  }

  /** Ends the watch in the background. */
  @Override
  public void close() {
    loop.ifPresent(WatchLoop::close);
  }

  private final class EndOfServer implements CatalogListener {
    @Override
    public void changed(CatalogChange change) {
      // Bundles have nothing to do with releases.
    }

    @Override
    public void closed() {
      close();
    }
  }

  /** Builds a {@link ReleasePublishing}. Not thread-safe. */
  public static final class Builder {
    private static final Duration LONGEST_UPLOAD = Duration.ofDays(7);

    private Optional<ClientUploads> storage = Optional.empty();
    private Duration uploadLifetime = Duration.ofHours(1);
    private long maxArtifactBytes = 2L << 30;
    private String uploadPrefix = "ota";
    private Optional<Duration> pollInterval = Optional.of(Duration.ofSeconds(2));
    private List<RequestContext> contexts = List.of(RequestContext.none());

    private Builder() {}

    /**
     * Sets the storage that artifacts go to, which must be one of the server's; the default is its
     * first one that clients can upload to.
     */
    public Builder over(ClientUploads storage) {
      this.storage = Optional.of(storage);
      return this;
    }

    /**
     * Sets how long an upload is waited for, at least; the default is an hour. If the storage's
     * address works for longer, it is waited for until that expires.
     *
     * @throws IllegalArgumentException if it is not positive, or more than seven days
     */
    public Builder uploadLifetime(Duration uploadLifetime) {
      if (uploadLifetime.toSeconds() < 1 || uploadLifetime.compareTo(LONGEST_UPLOAD) > 0) {
        throw new IllegalArgumentException(
            "uploadLifetime must be between a second and " + LONGEST_UPLOAD);
      }
      this.uploadLifetime = uploadLifetime;
      return this;
    }

    /**
     * Sets the largest artifact; the default is 2 GiB.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxArtifactBytes(long maxArtifactBytes) {
      if (maxArtifactBytes < 1) {
        throw new IllegalArgumentException("maxArtifactBytes must be positive");
      }
      this.maxArtifactBytes = maxArtifactBytes;
      return this;
    }

    /**
     * Sets the folder that artifacts are uploaded to, without slashes around it; the default is
     * {@code ota}.
     */
    public Builder uploadPrefix(String uploadPrefix) {
      this.uploadPrefix = requireNonNull(uploadPrefix, "uploadPrefix");
      return this;
    }

    /**
     * Sets how often the watch looks for uploads; the default is every two seconds. It completes
     * those that have a signature, of their own or of their release; others wait for {@link
     * ReleasePublishing#complete}, which may bring it.
     *
     * @throws IllegalArgumentException if it is less than ten milliseconds
     */
    public Builder pollInterval(Duration pollInterval) {
      if (pollInterval.toMillis() < 10) {
        throw new IllegalArgumentException("pollInterval must be at least ten milliseconds");
      }
      this.pollInterval = Optional.of(pollInterval);
      return this;
    }

    /**
     * Leaves the watch in the background away. Uploads are completed, and given up, by the methods
     * alone.
     */
    public Builder withoutWatch() {
      pollInterval = Optional.empty();
      return this;
    }

    /**
     * Sets the contexts of tenants, where the database or a storage keeps them apart, for the watch
     * to look at; uploads of other tenants are completed by {@link ReleasePublishing#complete}
     * alone. One context of each tenant is enough. The default, which an empty collection stands
     * for, is {@link RequestContext#none()} alone; beside others, it has to be given if there are
     * releases without a tenant.
     */
    public Builder contexts(Collection<RequestContext> tenants) {
      contexts = tenants.isEmpty() ? List.of(RequestContext.none()) : List.copyOf(tenants);
      return this;
    }

    /**
     * Starts publishing for a server.
     *
     * @throws IllegalArgumentException if the server's database records no releases, it has no
     *     storage that clients can upload to, the given one is not the server's, or the upload
     *     prefix is not usable
     */
    public ReleasePublishing start(Backend backend) {
      return new ReleasePublishing(this, backend);
    }

    private ClientUploads target(Storages storages) {
      return storages.target(storage, ClientUploads.class, "artifacts");
    }
  }
}
