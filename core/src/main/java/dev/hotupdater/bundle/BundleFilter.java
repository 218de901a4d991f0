package dev.hotupdater.bundle;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which bundles a listing is about: those that satisfy every condition that is set. Immutable.
 *
 * <p>Source: Hot Updater protocol, "Listing". All text is compared exactly, in every database.
 */
public final class BundleFilter {
  private static final BundleFilter ALL = builder().build();

  private final @Nullable String channel;
  private final @Nullable Platform platform;
  private final @Nullable Boolean enabled;
  private final @Nullable BundleId idEqual;
  private final @Nullable BundleId idGreater;
  private final @Nullable BundleId idGreaterOrEqual;
  private final @Nullable BundleId idLess;
  private final @Nullable BundleId idLessOrEqual;
  private final @Nullable Set<BundleId> idIn;
  private final @Nullable Optional<String> targetAppVersion;
  private final @Nullable Set<String> targetAppVersionIn;
  private final boolean targetAppVersionPresent;
  private final @Nullable Optional<String> fingerprintHash;

  private BundleFilter(Builder builder) {
    channel = builder.channel;
    platform = builder.platform;
    enabled = builder.enabled;
    idEqual = builder.idEqual;
    idGreater = builder.idGreater;
    idGreaterOrEqual = builder.idGreaterOrEqual;
    idLess = builder.idLess;
    idLessOrEqual = builder.idLessOrEqual;
    idIn = builder.idIn;
    targetAppVersion = builder.targetAppVersion;
    targetAppVersionIn = builder.targetAppVersionIn;
    targetAppVersionPresent = builder.targetAppVersionPresent;
    fingerprintHash = builder.fingerprintHash;
  }

  /** The filter that every bundle passes. */
  public static BundleFilter all() {
    return ALL;
  }

  /** A builder without any condition. */
  public static Builder builder() {
    return new Builder();
  }

  /** The channel that the bundle must be in, if that matters. */
  public Optional<String> channel() {
    return Optional.ofNullable(channel);
  }

  /** The platform that the bundle must be for, if that matters. */
  public Optional<Platform> platform() {
    return Optional.ofNullable(platform);
  }

  /** Whether the bundle must be enabled or disabled, if that matters. */
  public Optional<Boolean> enabled() {
    return Optional.ofNullable(enabled);
  }

  /** The id that the bundle must have. */
  public Optional<BundleId> idEqual() {
    return Optional.ofNullable(idEqual);
  }

  /** The id that the bundle's must be greater than. */
  public Optional<BundleId> idGreater() {
    return Optional.ofNullable(idGreater);
  }

  /** The id that the bundle's must not be less than. */
  public Optional<BundleId> idGreaterOrEqual() {
    return Optional.ofNullable(idGreaterOrEqual);
  }

  /** The id that the bundle's must be less than. */
  public Optional<BundleId> idLess() {
    return Optional.ofNullable(idLess);
  }

  /** The id that the bundle's must not be greater than. */
  public Optional<BundleId> idLessOrEqual() {
    return Optional.ofNullable(idLessOrEqual);
  }

  /** The ids of which the bundle must have one; an empty set is passed by no bundle. */
  public Optional<Set<BundleId>> idIn() {
    return Optional.ofNullable(idIn);
  }

  /**
   * The range text that the bundle must have. The outer Optional is empty if that does not matter,
   * the inner one if the bundle must have none.
   */
  public Optional<Optional<String>> targetAppVersion() {
    return Optional.ofNullable(targetAppVersion);
  }

  /** The range texts of which the bundle must have one; an empty set is passed by no bundle. */
  public Optional<Set<String>> targetAppVersionIn() {
    return Optional.ofNullable(targetAppVersionIn);
  }

  /** Whether the bundle must have a range. */
  public boolean targetAppVersionPresent() {
    return targetAppVersionPresent;
  }

  /**
   * The fingerprint that the bundle must have. The outer Optional is empty if that does not matter,
   * the inner one if the bundle must have none.
   */
  public Optional<Optional<String>> fingerprintHash() {
    return Optional.ofNullable(fingerprintHash);
  }

  /** Whether the bundle satisfies every condition. */
  public boolean matches(Bundle bundle) {
    BundleId id = bundle.id();
    return (channel == null || channel.equals(bundle.channel()))
        && (platform == null || platform == bundle.platform())
        && (enabled == null || enabled == bundle.enabled())
        && (idEqual == null || id.equals(idEqual))
        && (idGreater == null || id.compareTo(idGreater) > 0)
        && (idGreaterOrEqual == null || id.compareTo(idGreaterOrEqual) >= 0)
        && (idLess == null || id.compareTo(idLess) < 0)
        && (idLessOrEqual == null || id.compareTo(idLessOrEqual) <= 0)
        && (idIn == null || idIn.contains(id))
        && (targetAppVersion == null || targetAppVersion.equals(bundle.targetAppVersion()))
        && (targetAppVersionIn == null
            || bundle.targetAppVersion().filter(targetAppVersionIn::contains).isPresent())
        && (!targetAppVersionPresent || bundle.targetAppVersion().isPresent())
        && (fingerprintHash == null || fingerprintHash.equals(bundle.fingerprintHash()));
  }

  /** Builds a {@link BundleFilter}. Not thread-safe. */
  public static final class Builder {
    private @Nullable String channel;
    private @Nullable Platform platform;
    private @Nullable Boolean enabled;
    private @Nullable BundleId idEqual;
    private @Nullable BundleId idGreater;
    private @Nullable BundleId idGreaterOrEqual;
    private @Nullable BundleId idLess;
    private @Nullable BundleId idLessOrEqual;
    private @Nullable Set<BundleId> idIn;
    private @Nullable Optional<String> targetAppVersion;
    private @Nullable Set<String> targetAppVersionIn;
    private boolean targetAppVersionPresent;
    private @Nullable Optional<String> fingerprintHash;

    private Builder() {}

    /** Sets {@link BundleFilter#channel()}. */
    public Builder channel(String channel) {
      this.channel = channel;
      return this;
    }

    /** Sets {@link BundleFilter#platform()}. */
    public Builder platform(Platform platform) {
      this.platform = platform;
      return this;
    }

    /** Sets {@link BundleFilter#enabled()}. */
    public Builder enabled(boolean enabled) {
      this.enabled = enabled;
      return this;
    }

    /** Sets {@link BundleFilter#idEqual()}. */
    public Builder idEqual(BundleId id) {
      this.idEqual = id;
      return this;
    }

    /** Sets {@link BundleFilter#idGreater()}. */
    public Builder idGreater(BundleId id) {
      this.idGreater = id;
      return this;
    }

    /** Sets {@link BundleFilter#idGreaterOrEqual()}. */
    public Builder idGreaterOrEqual(BundleId id) {
      this.idGreaterOrEqual = id;
      return this;
    }

    /** Sets {@link BundleFilter#idLess()}. */
    public Builder idLess(BundleId id) {
      this.idLess = id;
      return this;
    }

    /** Sets {@link BundleFilter#idLessOrEqual()}. */
    public Builder idLessOrEqual(BundleId id) {
      this.idLessOrEqual = id;
      return this;
    }

    /** Sets {@link BundleFilter#idIn()}. */
    public Builder idIn(Collection<BundleId> ids) {
      this.idIn = Set.copyOf(ids);
      return this;
    }

    /** Sets {@link BundleFilter#targetAppVersion()}; an empty Optional asks for bundles without. */
    public Builder targetAppVersion(Optional<String> range) {
      this.targetAppVersion = range;
      return this;
    }

    /** Sets {@link BundleFilter#targetAppVersionIn()}. */
    public Builder targetAppVersionIn(Collection<String> ranges) {
      this.targetAppVersionIn = Set.copyOf(ranges);
      return this;
    }

    /** Sets {@link BundleFilter#targetAppVersionPresent()}. */
    public Builder targetAppVersionPresent(boolean present) {
      this.targetAppVersionPresent = present;
      return this;
    }

    /** Sets {@link BundleFilter#fingerprintHash()}; an empty Optional asks for bundles without. */
    public Builder fingerprintHash(Optional<String> fingerprintHash) {
      this.fingerprintHash = fingerprintHash;
      return this;
    }

    /** Builds the filter. */
    public BundleFilter build() {
      return new BundleFilter(this);
    }
  }
}
