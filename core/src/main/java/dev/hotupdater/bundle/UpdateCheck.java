package dev.hotupdater.bundle;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a device tells about itself when it asks for an update. Immutable.
 *
 * <p>Source: Hot Updater protocol, "Update check".
 */
public final class UpdateCheck {
  private final Platform platform;
  private final Build build;
  private final String channel;
  private final BundleId minBundleId;
  private final BundleId bundleId;
  private final Optional<Cohort> cohort;

  private UpdateCheck(Builder builder) {
    platform = builder.platform;
    build = builder.build;
    channel = builder.channel;
    minBundleId = builder.minBundleId;
    bundleId = builder.bundleId;
    cohort = builder.cohort;
  }

  /** A check of a device that runs this version of the native app, such as {@code 1.4.2}. */
  public static Builder ofAppVersion(Platform platform, String appVersion) {
    return new Builder(platform, new Build.Version(appVersion));
  }

  /** A check of a device that runs the native build with this fingerprint. */
  public static Builder ofFingerprint(Platform platform, String fingerprintHash) {
    return new Builder(platform, new Build.Fingerprint(fingerprintHash));
  }

  /** The device's platform. */
  public Platform platform() {
    return platform;
  }

  /** The native build that runs on the device. */
  public Build build() {
    return build;
  }

  /** The channel that the device follows. */
  public String channel() {
    return channel;
  }

  /** The oldest bundle that the native build accepts; {@link BundleId#NIL} for any. */
  public BundleId minBundleId() {
    return minBundleId;
  }

  /** The bundle that is running; {@link BundleId#NIL} for the one built into the app. */
  public BundleId bundleId() {
    return bundleId;
  }

  /** The device's cohort; a device that tells none gets only what is rolled out to all. */
  public Optional<Cohort> cohort() {
    return cohort;
  }

  /** How a native build is told from others. */
  public sealed interface Build {
    /** By its version, which a bundle's range must contain. */
    final class Version implements Build {
      private final String text;
      private final Optional<AppVersion> number;

      private Version(String text) {
        this.text = requireNonNull(text, "appVersion");
        number = AppVersion.coerce(text);
      }

      /** The version as the device tells it. */
      public String text() {
        return text;
      }

      /** What ranges are compared with; empty if no version was found in the text. */
      public Optional<AppVersion> number() {
        return number;
      }
    }

    /**
     * By its fingerprint, which must equal that of a bundle.
     *
     * @param hash the fingerprint
     */
    record Fingerprint(String hash) implements Build {}
  }

  /** Builds an {@link UpdateCheck}. Not thread-safe. */
  public static final class Builder {
    private final Platform platform;
    private final Build build;
    private String channel = Bundle.DEFAULT_CHANNEL;
    private BundleId minBundleId = BundleId.NIL;
    private BundleId bundleId = BundleId.NIL;
    private Optional<Cohort> cohort = Optional.empty();

    private Builder(Platform platform, Build build) {
      this.platform = requireNonNull(platform, "platform");
      this.build = build;
    }

    /** Sets {@link UpdateCheck#channel()}; the default is {@value Bundle#DEFAULT_CHANNEL}. */
    public Builder channel(String channel) {
      this.channel = requireNonNull(channel, "channel");
      return this;
    }

    /** Sets {@link UpdateCheck#minBundleId()}; the default is {@link BundleId#NIL}. */
    public Builder minBundleId(BundleId minBundleId) {
      this.minBundleId = requireNonNull(minBundleId, "minBundleId");
      return this;
    }

    /** Sets {@link UpdateCheck#bundleId()}; the default is {@link BundleId#NIL}. */
    public Builder bundleId(BundleId bundleId) {
      this.bundleId = requireNonNull(bundleId, "bundleId");
      return this;
    }

    /** Sets {@link UpdateCheck#cohort()}; the default is none. */
    public Builder cohort(Optional<Cohort> cohort) {
      this.cohort = requireNonNull(cohort, "cohort");
      return this;
    }

    /** Builds the check. */
    public UpdateCheck build() {
      return new UpdateCheck(this);
    }
  }
}
