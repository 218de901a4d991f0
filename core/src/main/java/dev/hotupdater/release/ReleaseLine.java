package dev.hotupdater.release;

import dev.hotupdater.bundle.Eligibility;
import dev.hotupdater.release.ReleaseDecision.Nothing;
import dev.hotupdater.release.ReleaseDecision.Offer;
import dev.hotupdater.release.ReleaseDecision.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The releases of an app on one channel, newest first, and which of them a client gets: the newest
 * published one that has an artifact for it, is rolled out to it, and carries a signature it can
 * verify. Immutable, but for what it remembers.
 */
public final class ReleaseLine {
  /** The line without any release. */
  public static final ReleaseLine EMPTY =
      new ReleaseLine(App.create(AppId.of("none"), Instant.EPOCH), List.of());

  private final App app;
  private final List<Release> releases;
  private final List<Published> published;
  private final Set<String> targets = new HashSet<>();
  private final Set<String> archs = new HashSet<>();
  private final Set<String> bundleTypes = new HashSet<>();

  /**
   * By platform, the releases that have something for it. Clients choose the keys, but only what
   * stands in the artifacts makes two keys differ, so that there are never more of them than the
   * artifacts allow.
   */
  private final Map<ClientPlatform, List<Candidate>> candidates = new ConcurrentHashMap<>();

  private record Published(Release release, Eligibility eligibility) {
    static Published of(Release release) {
      return new Published(
          release,
          Eligibility.of(release.id().value(), release.rollout(), release.targetCohorts()));
    }
  }

  private record Candidate(Published published, Artifact artifact) {
    Release release() {
      return published.release();
    }
  }

  /**
   * What was found of one release for one client.
   *
   * @param release the release
   * @param rejection why it is not for the client; absent if it is
   */
  public record Finding(Release release, Optional<Reason> rejection) {}

  private ReleaseLine(App app, List<Release> releases) {
    this.app = app;
    this.releases = releases;
    published =
        releases.stream()
            .filter(release -> release.state() == ReleaseState.PUBLISHED)
            .map(Published::of)
            .toList();
    for (Published each : published) {
      for (Artifact artifact : each.release().artifacts()) {
        targets.add(artifact.target().target());
        archs.add(artifact.target().arch());
        artifact.target().bundleType().ifPresent(bundleTypes::add);
      }
    }
  }

  /** The line of these releases, which are of this app and of one channel, in any state. */
  public static ReleaseLine of(App app, Collection<Release> releases) {
    return new ReleaseLine(
        app, releases.stream().sorted(Comparator.comparing(Release::version).reversed()).toList());
  }

  /** The releases in every state, newest version first. */
  public List<Release> releases() {
    return releases;
  }

  /** What the client gets. */
  public ReleaseDecision decide(ReleaseCheck check) {
    Optional<VerificationKey> key = app.keyFor(check.current());
    for (Candidate candidate : candidates(check)) {
      if (!candidate.release().version().isAfter(check.current())) {
        break;
      }
      if (rejection(candidate, check, key).isEmpty()) {
        Artifact artifact = candidate.artifact();
        return new Offer(candidate.release(), artifact, artifact.signatureFor(key));
      }
    }
    return new Nothing(whyNothing(check, key));
  }

  /** What is found of each release for the client, newest version first. */
  public List<Finding> explain(ReleaseCheck check) {
    Optional<VerificationKey> key = app.keyFor(check.current());
    List<Finding> findings = new ArrayList<>();
    for (Release release : releases) {
      findings.add(new Finding(release, whyNot(release, check, key)));
    }
    return findings;
  }

  private Optional<Reason> whyNot(
      Release release, ReleaseCheck check, Optional<VerificationKey> key) {
    if (!release.version().isAfter(check.current())) {
      return Optional.of(Reason.UP_TO_DATE);
    }
    return switch (release.state()) {
      case DRAFT -> Optional.of(Reason.DRAFT);
      case YANKED -> Optional.of(Reason.YANKED);
      case PUBLISHED -> rejection(Published.of(release), check, key);
    };
  }

  private static Optional<Candidate> candidate(Published published, ClientPlatform platform) {
    return platform.best(published.release()).map(artifact -> new Candidate(published, artifact));
  }

  private Optional<Reason> rejection(
      Published published, ReleaseCheck check, Optional<VerificationKey> key) {
    Optional<Candidate> candidate = candidate(published, check.platform());
    return candidate.isPresent()
        ? rejection(candidate.get(), check, key)
        : Optional.of(Reason.NO_ARTIFACT);
  }

  private Optional<Reason> rejection(
      Candidate candidate, ReleaseCheck check, Optional<VerificationKey> key) {
    Optional<ReleaseVersion> least = candidate.release().minAppVersion();
    if (least.isPresent() && least.get().isAfter(check.current())) {
      return Optional.of(Reason.MINIMUM_VERSION);
    }
    if (!candidate.published().eligibility().includes(check.cohort())) {
      return Optional.of(Reason.ROLLOUT);
    }
    return !check.needsSignature() || isSigned(candidate.artifact(), key)
        ? Optional.empty()
        : Optional.of(Reason.NO_SIGNATURE);
  }

  private boolean isSigned(Artifact artifact, Optional<VerificationKey> key) {
    boolean hasKey = key.isPresent() || !app.verifiesSignatures();
    return hasKey && artifact.signatureFor(key).isPresent();
  }

  /** It is that of the newest release which the client does not have. */
  private Reason whyNothing(ReleaseCheck check, Optional<VerificationKey> key) {
    if (published.isEmpty()) {
      return releases.stream().anyMatch(each -> each.state() == ReleaseState.YANKED)
          ? Reason.YANKED
          : Reason.NO_RELEASE;
    }
    Published newest = published.get(0);
    if (newest.release().version().isAfter(check.current())) {
      return rejection(newest, check, key).orElse(Reason.UP_TO_DATE);
    }
    boolean wasYanked =
        releases.stream()
            .takeWhile(release -> release.version().isAfter(check.current()))
            .anyMatch(release -> release.state() == ReleaseState.YANKED);
    return wasYanked ? Reason.YANKED : Reason.UP_TO_DATE;
  }

  private List<Candidate> candidates(ReleaseCheck check) {
    return candidates.computeIfAbsent(
        normalised(check.platform()),
        platform ->
            published.stream().flatMap(each -> candidate(each, platform).stream()).toList());
  }

  /** The same for all platforms that no artifact tells from each other. */
  private ClientPlatform normalised(ClientPlatform platform) {
    String other = "";
    return new ClientPlatform(
        targets.contains(platform.target()) ? platform.target() : other,
        archs.contains(platform.arch()) ? platform.arch() : other,
        platform.bundleType().map(type -> bundleTypes.contains(type) ? type : other),
        platform.packagings());
  }
}
