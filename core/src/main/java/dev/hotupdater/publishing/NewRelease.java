package dev.hotupdater.publishing;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.release.Announcement;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** A release as its publisher describes it, before it has artifacts. Immutable. */
public final class NewRelease {
  private final ReleaseVersion version;
  private final String channel;
  private final String notes;
  private final Optional<String> signature;
  private final Announcement announcement;
  private final boolean mandatory;
  private final Optional<ReleaseVersion> minAppVersion;
  private final Rollout rollout;
  private final Set<Cohort> targetCohorts;

  private NewRelease(Builder builder) {
    version = builder.version;
    channel = builder.channel;
    notes = builder.notes;
    signature = builder.signature;
    announcement = builder.announcement;
    mandatory = builder.mandatory;
    minAppVersion = builder.minAppVersion;
    rollout = builder.rollout;
    targetCohorts = builder.targetCohorts;
  }

  /** A builder for a release of this version. */
  public static Builder builder(ReleaseVersion version) {
    return new Builder(version);
  }

  /** A release of this version of which nothing else is said. */
  public static NewRelease of(ReleaseVersion version) {
    return builder(version).build();
  }

  ReleaseVersion version() {
    return version;
  }

  Optional<String> signature() {
    return signature;
  }

  Release draft(AppId app, Optional<String> checkedSignature, Instant now) {
    return Release.builder(ReleaseId.random(), app, version, now)
        .channel(channel)
        .notes(notes)
        .signature(checkedSignature)
        .announcement(announcement)
        .mandatory(mandatory)
        .minAppVersion(minAppVersion)
        .rollout(rollout)
        .targetCohorts(targetCohorts)
        .build();
  }

  /** Builds a {@link NewRelease}. Not thread-safe. */
  public static final class Builder {
    private final ReleaseVersion version;
    private String channel = Release.Builder.DEFAULT_CHANNEL;
    private String notes = "";
    private Optional<String> signature = Optional.empty();
    private Announcement announcement = Announcement.ON_COMPLETION;
    private boolean mandatory;
    private Optional<ReleaseVersion> minAppVersion = Optional.empty();
    private Rollout rollout = Rollout.FULL;
    private Set<Cohort> targetCohorts = Set.of();

    private Builder(ReleaseVersion version) {
      this.version = requireNonNull(version, "version");
    }

    /** Sets the channel that clients get it by; the default is {@code stable}. */
    public Builder channel(String channel) {
      this.channel = requireNonNull(channel, "channel");
      return this;
    }

    /** Sets what has changed, for people; the default is empty. */
    public Builder notes(String notes) {
      this.notes = requireNonNull(notes, "notes");
      return this;
    }

    /**
     * Sets the signature of artifacts that come without their own; the default, a blank, is none.
     */
    public Builder signature(String signature) {
      this.signature = Optional.of(signature).filter(text -> !text.isBlank());
      return this;
    }

    /** Sets when it is offered to clients; the default is {@link Announcement#ON_COMPLETION}. */
    public Builder announcement(Announcement announcement) {
      this.announcement = requireNonNull(announcement, "announcement");
      return this;
    }

    /** Sets whether clients should not let their user decline it; the default is that they may. */
    public Builder mandatory(boolean mandatory) {
      this.mandatory = mandatory;
      return this;
    }

    /** Sets the lowest version of the app that can take it; the default is that all can. */
    public Builder minAppVersion(Optional<ReleaseVersion> minAppVersion) {
      this.minAppVersion = requireNonNull(minAppVersion, "minAppVersion");
      return this;
    }

    /** Sets how far it is rolled out once it is published; the default is to everybody. */
    public Builder rollout(Rollout rollout) {
      this.rollout = requireNonNull(rollout, "rollout");
      return this;
    }

    /** Sets the cohorts that are offered it whatever its rollout; the default is none. */
    public Builder targetCohorts(Collection<Cohort> targetCohorts) {
      this.targetCohorts = Set.copyOf(targetCohorts);
      return this;
    }

    /** Builds the description. */
    public NewRelease build() {
      return new NewRelease(this);
    }
  }
}
