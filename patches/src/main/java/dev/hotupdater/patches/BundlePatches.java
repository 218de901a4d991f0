package dev.hotupdater.patches;

import dev.hotupdater.Extension;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.catalog.Bundles;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Backend;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes patches between the script bundles of a server, so that a device which has an older bundle
 * downloads the difference. A patch is applied and compared with the target byte by byte before it
 * is stored, in the storage of the target's files, and recorded with the target.
 *
 * <pre>{@code
 * HotUpdater.builder().extension(BundlePatches.create().onPublish())
 * }</pre>
 *
 * <p>One patch is made at a time; others wait. It takes about seven times the size of the file in
 * memory. Making a patch again replaces it by the same one, and several servers may do so at the
 * same time. Immutable and safe for use by many threads.
 *
 * <p>Methods throw {@link dev.hotupdater.storage.StorageException} if a storage cannot be reached
 * or refuses the patch, {@link dev.hotupdater.database.DatabaseException} if the database fails,
 * and {@link java.util.concurrent.CancellationException} if the thread is interrupted. What was
 * recorded until then stays.
 */
public final class BundlePatches {
  private final int bases;
  private final int maxFileSize;
  private final ReentrantLock turn = new ReentrantLock(true);

  private BundlePatches(Builder builder) {
    bases = builder.bases;
    maxFileSize = builder.maxFileSize;
  }

  /** With the defaults of the builder. */
  public static BundlePatches create() {
    return builder().build();
  }

  /** A builder. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes the patches of each bundle when it is published through the server, in the background.
   * Failures are logged. What is waiting when the server is closed is given up.
   *
   * @return for {@link dev.hotupdater.HotUpdaterBuilder#extension}
   */
  public Extension onPublish() {
    return backend -> backend.onCatalogChange(new PatchQueue(this, backend));
  }

  /**
   * Makes patches of a bundle from the newest bundles that are older, enabled and have a manifest,
   * are of the same platform and channel, and for the same fingerprint or for a range of app
   * versions that has one in common.
   *
   * @param backend the parts of the server, from {@code HotUpdater.backend()}
   * @param target the bundle that the patches make
   * @param context passed on to the database and the storages
   * @return what came of it; empty if there is no bundle with this id
   */
  public Optional<PatchReport> make(Backend backend, BundleId target, RequestContext context) {
    Bundles bundles = backend.bundles(context);
    return bundles
        .find(target)
        .map(
            bundle ->
                new PatchReport(
                    target, make(backend, bundle, PatchBases.of(bundle, bundles, bases), context)));
  }

  /**
   * Makes the patch from one bundle to another, whatever their channels and app versions are.
   *
   * @param backend the parts of the server, from {@code HotUpdater.backend()}
   * @param target the bundle that the patch makes
   * @param base the bundle that the patch applies to, which must be older
   * @param context passed on to the database and the storages
   */
  public PatchOutcome make(
      Backend backend, BundleId target, BundleId base, RequestContext context) {
    Optional<Bundle> foundTarget = backend.bundles(context).find(target);
    Optional<Bundle> foundBase = backend.bundles(context).find(base);
    if (foundTarget.isEmpty() || foundBase.isEmpty()) {
      return new PatchOutcome.Skipped(
          base,
          SkipReason.UNKNOWN_BUNDLE,
          "There is no bundle " + (foundTarget.isEmpty() ? target : base) + ".");
    }
    return make(backend, foundTarget.get(), List.of(foundBase.get()), context).get(0);
  }

  private List<PatchOutcome> make(
      Backend backend, Bundle target, List<Bundle> from, RequestContext context) {
    turn.lock();
    try {
      return new PatchRun(target, backend, context, maxFileSize).makeFrom(from);
    } finally {
      turn.unlock();
    }
  }

  /** Builds {@link BundlePatches}. Not thread-safe. */
  public static final class Builder {
    private static final int DEFAULT_BASES = 3;
    private static final int MAX_BASES = 100;
    private static final int LARGEST_DEFAULT_MAX_FILE_SIZE = 64 << 20;
    private static final int LARGEST_MAX_FILE_SIZE = 256 << 20;

    /** So that a patch takes no more than half of the heap from those who answer devices. */
    private static final int DEFAULT_PART_OF_HEAP = 16;

    private int bases = DEFAULT_BASES;
    private int maxFileSize = defaultMaxFileSize();

    private Builder() {}

    private static int defaultMaxFileSize() {
      long part = Runtime.getRuntime().maxMemory() / DEFAULT_PART_OF_HEAP;
      return (int) Math.min(part, LARGEST_DEFAULT_MAX_FILE_SIZE);
    }

    /** Sets from how many older bundles a bundle gets patches, 1 to 100; the default is 3. */
    public Builder bases(int bases) {
      if (bases < 1 || bases > MAX_BASES) {
        throw new IllegalArgumentException("bases must be from 1 to " + MAX_BASES);
      }
      this.bases = bases;
      return this;
    }

    /**
     * Sets the size in bytes of the largest script bundle that gets patches, not compressed, up to
     * 256 MiB; the default is 64 MiB, or a sixteenth of the heap if that is less. A patch takes
     * about seven times as much of the heap.
     */
    public Builder maxFileSize(int maxFileSize) {
      if (maxFileSize < 1 || maxFileSize > LARGEST_MAX_FILE_SIZE) {
        throw new IllegalArgumentException("maxFileSize must be from 1 to 268435456 bytes");
      }
      this.maxFileSize = maxFileSize;
      return this;
    }

    /** Builds it. */
    public BundlePatches build() {
      return new BundlePatches(this);
    }
  }
}
