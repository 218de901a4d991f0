package dev.hotupdater.publishing.web;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** A web bundle as its publisher describes it. Immutable. */
public final class NewWebBundle {
  private static final String LINK = "link";

  private final ReleaseVersion version;
  private final String channel;
  private final String platform;
  private final Optional<String> fileName;
  private final Optional<String> sha256;
  private final Optional<WebArtifact.Encryption> encryption;
  private final String notes;
  private final Optional<String> link;
  private final boolean mandatory;
  private final Optional<ReleaseVersion> minAppVersion;
  private final Rollout rollout;
  private final Set<Cohort> targetCohorts;
  private final DeliveryRules rules;

  private NewWebBundle(Builder builder) {
    version = builder.version;
    channel = builder.channel;
    platform = builder.platform;
    fileName = builder.fileName;
    sha256 = builder.sha256;
    encryption = builder.encryption;
    notes = builder.notes;
    link = builder.link;
    mandatory = builder.mandatory;
    minAppVersion = builder.minAppVersion;
    rollout = builder.rollout;
    targetCohorts = builder.targetCohorts;
    rules = builder.rules;
  }

  /** A builder for a bundle of this version. */
  public static Builder builder(ReleaseVersion version) {
    return new Builder(version);
  }

  /** A bundle of this version, for all platforms, of which nothing else is said. */
  public static NewWebBundle of(ReleaseVersion version) {
    return builder(version).build();
  }

  static Optional<String> linkOf(Release release) {
    return Optional.ofNullable(release.metadata().toObject().get(LINK))
        .filter(link -> link.isTextual())
        .map(link -> link.textValue());
  }

  ReleaseVersion version() {
    return version;
  }

  String channel() {
    return channel;
  }

  String platform() {
    return platform;
  }

  Optional<String> fileName() {
    return fileName;
  }

  Optional<String> sha256() {
    return sha256;
  }

  Optional<WebArtifact.Encryption> encryption() {
    return encryption;
  }

  /** What is said here of the release that the bundle is the first one of. */
  Release.Builder describe(Release.Builder release) {
    return release
        .notes(notes)
        .mandatory(mandatory)
        .minAppVersion(minAppVersion)
        .rollout(rollout)
        .targetCohorts(targetCohorts)
        .rules(rules)
        .metadata(metadata());
  }

  private Metadata metadata() {
    return link.map(text -> Metadata.of(JsonNodeFactory.instance.objectNode().put(LINK, text)))
        .orElseGet(Metadata::empty);
  }

  /** Builds a {@link NewWebBundle}. Not thread-safe. */
  public static final class Builder {
    private final ReleaseVersion version;
    private String channel = Release.Builder.DEFAULT_CHANNEL;
    private String platform = WebArtifact.ANY_PLATFORM;
    private Optional<String> fileName = Optional.empty();
    private Optional<String> sha256 = Optional.empty();
    private Optional<WebArtifact.Encryption> encryption = Optional.empty();
    private String notes = "";
    private Optional<String> link = Optional.empty();
    private boolean mandatory;
    private Optional<ReleaseVersion> minAppVersion = Optional.empty();
    private Rollout rollout = Rollout.FULL;
    private Set<Cohort> targetCohorts = Set.of();
    private DeliveryRules rules = DeliveryRules.NONE;

    private Builder(ReleaseVersion version) {
      this.version = requireNonNull(version, "version");
    }

    /** Sets the channel that devices get it by; the default is {@code stable}. */
    public Builder channel(String channel) {
      this.channel = requireNonNull(channel, "channel");
      return this;
    }

    /**
     * Sets the platform that it is for, such as {@code ios}; the default is {@link
     * WebArtifact#ANY_PLATFORM}.
     */
    public Builder platform(String platform) {
      this.platform = requireNonNull(platform, "platform");
      return this;
    }

    /**
     * Sets the name that it should be saved under; the default is one that the server gives it, as
     * it does in place of one that not every storage takes.
     */
    public Builder fileName(String fileName) {
      this.fileName = Optional.of(fileName);
      return this;
    }

    /**
     * Sets the SHA-256 that the zip must have, in hexadecimal digits of either letter case; the
     * default is none. Of an encrypted bundle it is that of the plain zip, which the server cannot
     * check.
     */
    public Builder sha256(Optional<String> sha256) {
      this.sha256 = requireNonNull(sha256, "sha256");
      return this;
    }

    /** Sets how its publisher has encrypted it; the default is not at all. */
    public Builder encryption(WebArtifact.Encryption encryption) {
      this.encryption = Optional.of(encryption);
      return this;
    }

    /** Sets what has changed, for people; the default is empty. */
    public Builder notes(String notes) {
      this.notes = requireNonNull(notes, "notes");
      return this;
    }

    /** Sets where people read more about it; the default is nowhere. */
    public Builder link(String link) {
      this.link = Optional.of(link).filter(text -> !text.isBlank());
      return this;
    }

    /** Sets whether devices should install it at once; the default is that they need not. */
    public Builder mandatory(boolean mandatory) {
      this.mandatory = mandatory;
      return this;
    }

    /** Sets the lowest native version that can take it; the default is that all can. */
    public Builder minAppVersion(Optional<ReleaseVersion> minAppVersion) {
      this.minAppVersion = requireNonNull(minAppVersion, "minAppVersion");
      return this;
    }

    /** Sets how far it is rolled out; the default is to everybody. */
    public Builder rollout(Rollout rollout) {
      this.rollout = requireNonNull(rollout, "rollout");
      return this;
    }

    /** Sets the cohorts that are offered it whatever its rollout; the default is none. */
    public Builder targetCohorts(Collection<Cohort> targetCohorts) {
      this.targetCohorts = Set.copyOf(targetCohorts);
      return this;
    }

    /** Sets which devices it may be delivered to; the default is what its channel says. */
    public Builder rules(DeliveryRules rules) {
      this.rules = requireNonNull(rules, "rules");
      return this;
    }

    /** Builds the description. */
    public NewWebBundle build() {
      return new NewWebBundle(this);
    }
  }
}
