package dev.hotupdater.release;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A version of an app on a channel, with its artifacts. Immutable.
 *
 * <p>Of one app and channel, no two releases have the same version. What {@link ReleaseRules} say
 * of a release is checked where it is written, not here.
 */
public final class Release {
  private final ReleaseId id;
  private final AppId appId;
  private final String channel;
  private final ReleaseVersion version;
  private final String notes;
  private final Optional<String> signature;
  private final Announcement announcement;
  private final ReleaseState state;
  private final Instant createdAt;
  private final Optional<Instant> publishedAt;
  private final boolean mandatory;
  private final Optional<ReleaseVersion> minAppVersion;
  private final Rollout rollout;
  private final Set<Cohort> targetCohorts;
  private final long sequence;
  private final long uploadSequence;
  private final DeliveryRules rules;
  private final List<Artifact> artifacts;
  private final Metadata metadata;

  private Release(Builder builder) {
    id = builder.id;
    appId = builder.appId;
    version = builder.version;
    createdAt = builder.createdAt;
    channel = builder.channel;
    notes = builder.notes;
    signature = builder.signature;
    announcement = builder.announcement;
    state = builder.state;
    publishedAt = builder.publishedAt;
    mandatory = builder.mandatory;
    minAppVersion = builder.minAppVersion;
    rollout = builder.rollout;
    targetCohorts = Set.copyOf(builder.targetCohorts);
    sequence = builder.sequence;
    uploadSequence = builder.uploadSequence;
    rules = builder.rules;
    artifacts = List.copyOf(builder.artifacts);
    metadata = builder.metadata;
  }

  /** A builder for a draft. */
  public static Builder builder(
      ReleaseId id, AppId appId, ReleaseVersion version, Instant createdAt) {
    return new Builder(id, appId, version, createdAt);
  }

  /** A builder that starts from this release. */
  public Builder toBuilder() {
    return new Builder(id, appId, version, createdAt)
        .channel(channel)
        .notes(notes)
        .signature(signature)
        .announcement(announcement)
        .state(state)
        .publishedAt(publishedAt)
        .mandatory(mandatory)
        .minAppVersion(minAppVersion)
        .rollout(rollout)
        .targetCohorts(targetCohorts)
        .sequence(sequence)
        .uploadSequence(uploadSequence)
        .rules(rules)
        .artifacts(artifacts)
        .metadata(metadata);
  }

  /** The identity. */
  public ReleaseId id() {
    return id;
  }

  /** The app that this is a release of. */
  public AppId appId() {
    return appId;
  }

  /** The channel that clients get it by. */
  public String channel() {
    return channel;
  }

  /** The version. */
  public ReleaseVersion version() {
    return version;
  }

  /** What has changed, for people; may be empty. */
  public String notes() {
    return notes;
  }

  /** The signature of artifacts that come without their own. */
  public Optional<String> signature() {
    return signature;
  }

  /** When it is offered to clients. */
  public Announcement announcement() {
    return announcement;
  }

  /** How far it has come. */
  public ReleaseState state() {
    return state;
  }

  /** When it was created. */
  public Instant createdAt() {
    return createdAt;
  }

  /** When it was published; absent before that. */
  public Optional<Instant> publishedAt() {
    return publishedAt;
  }

  /** Whether clients should not let their user decline it. */
  public boolean mandatory() {
    return mandatory;
  }

  /** The lowest version of the app that can take it; absent if all can. */
  public Optional<ReleaseVersion> minAppVersion() {
    return minAppVersion;
  }

  /** How far it has been rolled out. */
  public Rollout rollout() {
    return rollout;
  }

  /** The cohorts that are offered it whatever its rollout. */
  public Set<Cohort> targetCohorts() {
    return targetCohorts;
  }

  /**
   * The place of its web bundles in the order of uploads to its app, from 1 on; 0 if it has none,
   * or an order by version is all that it needs. Of two published releases of a channel, the one
   * with the higher place is active.
   */
  public long sequence() {
    return sequence;
  }

  /**
   * The place in that order that its upload had. It equals {@link #sequence()} unless the release
   * was made the active one again later: what lies between the two was rolled back from.
   */
  public long uploadSequence() {
    return uploadSequence;
  }

  /** Which devices its web bundles may be delivered to. */
  public DeliveryRules rules() {
    return rules;
  }

  /** The artifacts, in the order in which they were announced. */
  public List<Artifact> artifacts() {
    return artifacts;
  }

  /** What else belongs to it. */
  public Metadata metadata() {
    return metadata;
  }

  /** The artifact with this id. */
  public Optional<Artifact> artifact(ReleaseId artifactId) {
    return artifacts.stream().filter(artifact -> artifact.id().equals(artifactId)).findFirst();
  }

  /** The artifact for exactly this target. */
  public Optional<Artifact> artifact(ArtifactTarget target) {
    return artifacts.stream().filter(artifact -> artifact.target().equals(target)).findFirst();
  }

  /** Whether a client can be given something. */
  public boolean hasReadyArtifact() {
    return artifacts.stream().anyMatch(Artifact::isReady);
  }

  /** This release with one more artifact. */
  public Release withArtifact(Artifact added) {
    List<Artifact> all = new ArrayList<>(artifacts);
    all.add(added);
    return toBuilder().artifacts(all).build();
  }

  /** This release with one of its artifacts changed. */
  public Release withArtifact(ReleaseId artifactId, UnaryOperator<Artifact> change) {
    List<Artifact> changed =
        artifacts.stream()
            .map(artifact -> artifact.id().equals(artifactId) ? change.apply(artifact) : artifact)
            .toList();
    return toBuilder().artifacts(changed).build();
  }

  /** This release without one of its artifacts. */
  public Release withoutArtifact(ReleaseId artifactId) {
    return toBuilder()
        .artifacts(artifacts.stream().filter(each -> !each.id().equals(artifactId)).toList())
        .build();
  }

  /** This release, offered to clients from now on. */
  public Release published(Instant now) {
    return toBuilder().state(ReleaseState.PUBLISHED).publishedAt(Optional.of(now)).build();
  }

  /**
   * This release as the active one of its channel, which keeps the place of its upload.
   *
   * @param place the next {@link #sequence()}
   */
  public Release activated(long place) {
    return toBuilder().sequence(place).uploadSequence(uploadSequence).build();
  }

  /** This release, taken back. */
  public Release yanked() {
    return state.isTakenBack() ? this : toBuilder().state(ReleaseState.YANKED).build();
  }

  /** This release after its bytes were deleted: what they were is still known. */
  public Release removed() {
    return toBuilder().state(ReleaseState.REMOVED).build();
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof Release && ((Release) other).fields().equals(fields()));
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  private List<Object> fields() {
    return List.of(
        id,
        appId,
        channel,
        version,
        notes,
        signature,
        announcement,
        state,
        createdAt,
        publishedAt,
        mandatory,
        minAppVersion,
        rollout,
        targetCohorts,
        sequence,
        uploadSequence,
        rules,
        artifacts,
        metadata);
  }

  @Override
  public String toString() {
    return "Release[" + appId + ' ' + channel + ' ' + version + ' ' + state + ' ' + id + ']';
  }

  /** Builds a {@link Release}. Not thread-safe. */
  public static final class Builder {
    /** The channel of a release that names none. */
    public static final String DEFAULT_CHANNEL = "stable";

    private final ReleaseId id;
    private final AppId appId;
    private final ReleaseVersion version;
    private final Instant createdAt;
    private String channel = DEFAULT_CHANNEL;
    private String notes = "";
    private Optional<String> signature = Optional.empty();
    private Announcement announcement = Announcement.ON_COMPLETION;
    private ReleaseState state = ReleaseState.DRAFT;
    private Optional<Instant> publishedAt = Optional.empty();
    private boolean mandatory;
    private Optional<ReleaseVersion> minAppVersion = Optional.empty();
    private Rollout rollout = Rollout.FULL;
    private Set<Cohort> targetCohorts = Set.of();
    private long sequence;
    private long uploadSequence;
    private DeliveryRules rules = DeliveryRules.NONE;
    private List<Artifact> artifacts = List.of();
    private Metadata metadata = Metadata.empty();

    private Builder(ReleaseId id, AppId appId, ReleaseVersion version, Instant createdAt) {
      this.id = requireNonNull(id, "id");
      this.appId = requireNonNull(appId, "appId");
      this.version = requireNonNull(version, "version");
      this.createdAt = requireNonNull(createdAt, "createdAt");
    }

    /** Sets {@link Release#channel()}; the default is {@link #DEFAULT_CHANNEL}. */
    public Builder channel(String channel) {
      this.channel = requireNonNull(channel, "channel");
      return this;
    }

    /** Sets {@link Release#notes()}; the default is empty. */
    public Builder notes(String notes) {
      this.notes = requireNonNull(notes, "notes");
      return this;
    }

    /** Sets {@link Release#signature()}; the default is none. */
    public Builder signature(Optional<String> signature) {
      this.signature = signature;
      return this;
    }

    /** Sets {@link Release#announcement()}; the default is {@link Announcement#ON_COMPLETION}. */
    public Builder announcement(Announcement announcement) {
      this.announcement = requireNonNull(announcement, "announcement");
      return this;
    }

    /** Sets {@link Release#state()}; the default is {@link ReleaseState#DRAFT}. */
    public Builder state(ReleaseState state) {
      this.state = requireNonNull(state, "state");
      return this;
    }

    /** Sets {@link Release#publishedAt()}; the default is none. */
    public Builder publishedAt(Optional<Instant> publishedAt) {
      this.publishedAt = publishedAt;
      return this;
    }

    /** Sets {@link Release#mandatory()}; the default is false. */
    public Builder mandatory(boolean mandatory) {
      this.mandatory = mandatory;
      return this;
    }

    /** Sets {@link Release#minAppVersion()}; the default is none. */
    public Builder minAppVersion(Optional<ReleaseVersion> minAppVersion) {
      this.minAppVersion = minAppVersion;
      return this;
    }

    /** Sets {@link Release#rollout()}; the default is everybody. */
    public Builder rollout(Rollout rollout) {
      this.rollout = requireNonNull(rollout, "rollout");
      return this;
    }

    /** Sets {@link Release#targetCohorts()}; the default is none. */
    public Builder targetCohorts(Collection<Cohort> targetCohorts) {
      this.targetCohorts = new LinkedHashSet<>(targetCohorts);
      return this;
    }

    /**
     * Sets {@link Release#sequence()}, and {@link Release#uploadSequence()} to the same; the
     * default is 0.
     */
    public Builder sequence(long sequence) {
      this.sequence = sequence;
      this.uploadSequence = sequence;
      return this;
    }

    /**
     * Sets {@link Release#uploadSequence()}, after {@link #sequence}; the default is what that has.
     */
    public Builder uploadSequence(long uploadSequence) {
      this.uploadSequence = uploadSequence;
      return this;
    }

    /** Sets {@link Release#rules()}; the default is none. */
    public Builder rules(DeliveryRules rules) {
      this.rules = requireNonNull(rules, "rules");
      return this;
    }

    /** Sets {@link Release#artifacts()}; the default is none. */
    public Builder artifacts(List<Artifact> artifacts) {
      this.artifacts = List.copyOf(artifacts);
      return this;
    }

    /** Sets {@link Release#metadata()}; the default is empty. */
    public Builder metadata(Metadata metadata) {
      this.metadata = requireNonNull(metadata, "metadata");
      return this;
    }

    /** Builds the release. */
    public Release build() {
      return new Release(this);
    }
  }
}
