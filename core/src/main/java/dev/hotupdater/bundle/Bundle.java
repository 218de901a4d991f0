package dev.hotupdater.bundle;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One published update of a React Native app: an archive in storage and the rules that say who gets
 * it. Immutable.
 *
 * <p>An instance is well-formed, but a row that other software wrote may still break a rule of the
 * protocol; {@link BundleRules} checks them, and every write does.
 */
public final class Bundle {
  /** The channel of a bundle that names none. */
  public static final String DEFAULT_CHANNEL = "production";

  private final BundleId id;
  private final Platform platform;
  private final boolean shouldForceUpdate;
  private final boolean enabled;
  private final String fileHash;
  private final @Nullable String gitCommitHash;
  private final @Nullable String message;
  private final String channel;
  private final String storageUri;
  private final @Nullable String targetAppVersion;
  private final @Nullable String fingerprintHash;
  private final Metadata metadata;
  private final @Nullable String manifestStorageUri;
  private final @Nullable String manifestFileHash;
  private final @Nullable String assetBaseStorageUri;
  private final List<BundlePatch> patches;
  private final Rollout rollout;
  private final @Nullable Set<Cohort> targetCohorts;

  private Bundle(Builder builder) {
    id = requireNonNull(builder.id, "id");
    platform = requireNonNull(builder.platform, "platform");
    shouldForceUpdate = builder.shouldForceUpdate;
    enabled = builder.enabled;
    fileHash = requireNonNull(builder.fileHash, "fileHash");
    gitCommitHash = builder.gitCommitHash;
    message = builder.message;
    // What thousands of bundles have in common is kept in memory once.
    channel = builder.channel.intern();
    storageUri = requireNonNull(builder.storageUri, "storageUri");
    targetAppVersion = internOrNull(builder.targetAppVersion);
    fingerprintHash = internOrNull(builder.fingerprintHash);
    metadata = builder.metadata;
    manifestStorageUri = builder.manifestStorageUri;
    manifestFileHash = builder.manifestFileHash;
    assetBaseStorageUri = builder.assetBaseStorageUri;
    patches = firstPerBase(builder.patches);
    rollout = builder.rollout;
    targetCohorts =
        builder.targetCohorts == null
            ? null
            : Collections.unmodifiableSet(new LinkedHashSet<>(builder.targetCohorts));
  }

  /** A builder with every field at its default; id, platform, file hash and URI must be set. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with the values of this bundle. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.id = id;
    builder.platform = platform;
    builder.shouldForceUpdate = shouldForceUpdate;
    builder.enabled = enabled;
    builder.fileHash = fileHash;
    builder.gitCommitHash = gitCommitHash;
    builder.message = message;
    builder.channel = channel;
    builder.storageUri = storageUri;
    builder.targetAppVersion = targetAppVersion;
    builder.fingerprintHash = fingerprintHash;
    builder.metadata = metadata;
    builder.manifestStorageUri = manifestStorageUri;
    builder.manifestFileHash = manifestFileHash;
    builder.assetBaseStorageUri = assetBaseStorageUri;
    builder.patches = patches;
    builder.rollout = rollout;
    builder.targetCohorts = targetCohorts;
    return builder;
  }

  /** The identity; greater is newer. */
  public BundleId id() {
    return id;
  }

  /** The platform that the bundle runs on. */
  public Platform platform() {
    return platform;
  }

  /** Whether the app should switch to the bundle at once instead of at its next start. */
  public boolean shouldForceUpdate() {
    return shouldForceUpdate;
  }

  /** Whether the bundle is offered at all. */
  public boolean enabled() {
    return enabled;
  }

  /**
   * The SHA-256 of the archive in hexadecimal, or {@code sig:} and a base64 RSA-SHA256 signature.
   * Opaque to the server.
   */
  public String fileHash() {
    return fileHash;
  }

  /** The commit that the bundle was built from, if the publisher said. */
  public Optional<String> gitCommitHash() {
    return Optional.ofNullable(gitCommitHash);
  }

  /** The publisher's note to users. */
  public Optional<String> message() {
    return Optional.ofNullable(message);
  }

  /** The channel that the bundle is published to. */
  public String channel() {
    return channel;
  }

  /** Where the archive is stored: {@code scheme://bucket/key}. */
  public String storageUri() {
    return storageUri;
  }

  /** The app versions that the bundle runs on, as a semver range; absent if it goes by print. */
  public Optional<String> targetAppVersion() {
    return Optional.ofNullable(targetAppVersion);
  }

  /** The fingerprint of the native build that the bundle runs on; absent if it goes by version. */
  public Optional<String> fingerprintHash() {
    return Optional.ofNullable(fingerprintHash);
  }

  /** Free-form data of the publisher. */
  public Metadata metadata() {
    return metadata;
  }

  /** Where the list of the bundle's files is stored, if it can be updated file by file. */
  public Optional<String> manifestStorageUri() {
    return Optional.ofNullable(manifestStorageUri);
  }

  /** The SHA-256 of the manifest, or its signature. */
  public Optional<String> manifestFileHash() {
    return Optional.ofNullable(manifestFileHash);
  }

  /** Below which URI the single files are stored. */
  public Optional<String> assetBaseStorageUri() {
    return Optional.ofNullable(assetBaseStorageUri);
  }

  /** The patches from older bundles in order of precedence, at most one per older bundle. */
  public List<BundlePatch> patches() {
    return patches;
  }

  /** How many of the numeric cohorts get the bundle. */
  public Rollout rollout() {
    return rollout;
  }

  /**
   * Cohorts that get the bundle whatever its rollout, in the publisher's order. Absent and empty
   * mean the same for an update check, and both are kept as they were written.
   */
  public Optional<Set<Cohort>> targetCohorts() {
    return Optional.ofNullable(targetCohorts);
  }

  /** This bundle without its patch from this base; the same object if it has none. */
  public Bundle withoutPatchFrom(BundleId base) {
    List<BundlePatch> kept =
        patches.stream().filter(patch -> !patch.baseBundleId().equals(base)).toList();
    return kept.size() == patches.size() ? this : toBuilder().patches(kept).build();
  }

  /** Blank text counts as absent. */
  private static @Nullable String internOrNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.intern();
  }

  private static List<BundlePatch> firstPerBase(Collection<BundlePatch> patches) {
    Map<BundleId, BundlePatch> byBase = new LinkedHashMap<>();
    for (BundlePatch patch : patches) {
      byBase.putIfAbsent(patch.baseBundleId(), patch);
    }
    return List.copyOf(byBase.values());
  }

  private List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    Collections.addAll(
        values,
        id,
        platform,
        shouldForceUpdate,
        enabled,
        fileHash,
        gitCommitHash,
        message,
        channel,
        storageUri,
        targetAppVersion,
        fingerprintHash,
        metadata,
        manifestStorageUri,
        manifestFileHash,
        assetBaseStorageUri,
        patches,
        rollout,
        targetCohorts == null ? null : List.copyOf(targetCohorts));
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Bundle && ((Bundle) other).values().equals(values());
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "Bundle[" + id + ' ' + platform + ' ' + channel + ']';
  }

  /** Builds a {@link Bundle}. Not thread-safe. */
  public static final class Builder {
    private @Nullable BundleId id;
    private @Nullable Platform platform;
    private boolean shouldForceUpdate;
    private boolean enabled = true;
    private @Nullable String fileHash;
    private @Nullable String gitCommitHash;
    private @Nullable String message;
    private String channel = DEFAULT_CHANNEL;
    private @Nullable String storageUri;
    private @Nullable String targetAppVersion;
    private @Nullable String fingerprintHash;
    private Metadata metadata = Metadata.empty();
    private @Nullable String manifestStorageUri;
    private @Nullable String manifestFileHash;
    private @Nullable String assetBaseStorageUri;
    private Collection<BundlePatch> patches = List.of();
    private Rollout rollout = Rollout.FULL;
    private @Nullable Collection<Cohort> targetCohorts;

    private Builder() {}

    /** Sets {@link Bundle#id()}; required. */
    public Builder id(BundleId id) {
      this.id = id;
      return this;
    }

    /** Sets {@link Bundle#platform()}; required. */
    public Builder platform(Platform platform) {
      this.platform = platform;
      return this;
    }

    /** Sets {@link Bundle#shouldForceUpdate()}; the default is false. */
    public Builder shouldForceUpdate(boolean shouldForceUpdate) {
      this.shouldForceUpdate = shouldForceUpdate;
      return this;
    }

    /** Sets {@link Bundle#enabled()}; the default is true. */
    public Builder enabled(boolean enabled) {
      this.enabled = enabled;
      return this;
    }

    /** Sets {@link Bundle#fileHash()}; required. */
    public Builder fileHash(String fileHash) {
      this.fileHash = fileHash;
      return this;
    }

    /** Sets {@link Bundle#gitCommitHash()}. */
    public Builder gitCommitHash(Optional<String> gitCommitHash) {
      this.gitCommitHash = gitCommitHash.orElse(null);
      return this;
    }

    /** Sets {@link Bundle#message()}. */
    public Builder message(Optional<String> message) {
      this.message = message.orElse(null);
      return this;
    }

    /** Sets {@link Bundle#channel()}; the default is {@value Bundle#DEFAULT_CHANNEL}. */
    public Builder channel(String channel) {
      this.channel = requireNonNull(channel, "channel");
      return this;
    }

    /** Sets {@link Bundle#storageUri()}; required. */
    public Builder storageUri(String storageUri) {
      this.storageUri = storageUri;
      return this;
    }

    /** Sets {@link Bundle#targetAppVersion()}; blank text counts as absent. */
    public Builder targetAppVersion(Optional<String> range) {
      this.targetAppVersion = range.orElse(null);
      return this;
    }

    /** Sets {@link Bundle#fingerprintHash()}; blank text counts as absent. */
    public Builder fingerprintHash(Optional<String> fingerprintHash) {
      this.fingerprintHash = fingerprintHash.orElse(null);
      return this;
    }

    /** Sets {@link Bundle#metadata()}. */
    public Builder metadata(Metadata metadata) {
      this.metadata = requireNonNull(metadata, "metadata");
      return this;
    }

    /** Adds to {@link Bundle#metadata()}; an entry of {@code additions} wins. */
    public Builder mergeMetadata(Metadata additions) {
      this.metadata = metadata.merge(additions);
      return this;
    }

    /** Sets {@link Bundle#manifestStorageUri()}. */
    public Builder manifestStorageUri(Optional<String> manifestStorageUri) {
      this.manifestStorageUri = manifestStorageUri.orElse(null);
      return this;
    }

    /** Sets {@link Bundle#manifestFileHash()}. */
    public Builder manifestFileHash(Optional<String> manifestFileHash) {
      this.manifestFileHash = manifestFileHash.orElse(null);
      return this;
    }

    /** Sets {@link Bundle#assetBaseStorageUri()}. */
    public Builder assetBaseStorageUri(Optional<String> assetBaseStorageUri) {
      this.assetBaseStorageUri = assetBaseStorageUri.orElse(null);
      return this;
    }

    /** Sets {@link Bundle#patches()}; of two with the same base the first wins. */
    public Builder patches(Collection<BundlePatch> patches) {
      this.patches = requireNonNull(patches, "patches");
      return this;
    }

    /** Sets {@link Bundle#rollout()}; the default is {@link Rollout#FULL}. */
    public Builder rollout(Rollout rollout) {
      this.rollout = requireNonNull(rollout, "rollout");
      return this;
    }

    /** Sets {@link Bundle#targetCohorts()}. */
    public Builder targetCohorts(Optional<? extends Collection<Cohort>> targetCohorts) {
      this.targetCohorts = targetCohorts.isPresent() ? targetCohorts.get() : null;
      return this;
    }

    /**
     * Builds the bundle.
     *
     * @throws NullPointerException if a required field has not been set; the message names it
     */
    public Bundle build() {
      return new Bundle(this);
    }
  }
}
