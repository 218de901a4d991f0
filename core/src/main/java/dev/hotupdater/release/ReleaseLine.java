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
 * published one that is rolled out to it, and has an artifact that it can install, with a signature
 * that it can verify. Immutable, but for what it remembers.
 */
public final class ReleaseLine {
  /** The line without any release. */
  public static final ReleaseLine EMPTY =
      new ReleaseLine(App.create(AppId.of("none"), Instant.EPOCH), List.of());

  private final App app;
  private final List<Release> releases;
  private final List<Published> published;
  private final List<Release> forEverybody;
  private final Set<String> targets = new HashSet<>();
  private final Set<String> archs = new HashSet<>();
  private final Set<String> bundleTypes = new HashSet<>();

  /**
   * By kind of client, the releases that have something for it. Clients choose the kinds, but only
   * what stands in the artifacts and keys makes two of them differ, so that there are never more
   * than those allow.
   */
  private final Map<ClientKind, List<Candidate>> candidates = new ConcurrentHashMap<>();

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

  /** Clients of one kind can install the same artifacts. */
  private record ClientKind(
      ClientPlatform platform, Optional<VerificationKey> key, boolean needsSignature) {}

  /**
   * What was found of one release for one client.
   *
   * @param release the release
   * @param artifact its artifact that is the best for the client, whether or not the client can
   *     verify it; absent if there is none
   * @param rejection why it is not for the client; absent if it is
   */
  public record Finding(Release release, Optional<Artifact> artifact, Optional<Reason> rejection) {}

  private ReleaseLine(App app, List<Release> releases) {
    this.app = app;
    this.releases = releases;
    published =
        releases.stream()
            .filter(release -> release.state() == ReleaseState.PUBLISHED)
            .map(Published::of)
            .toList();
    forEverybody =
        published.stream()
            .map(Published::release)
            .filter(release -> release.rollout().isFull() && release.minAppVersion().isEmpty())
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

  /**
   * The releases that a client can be told of without knowing anything about it, newest version
   * first: published, rolled out to everybody, and for every version of the app.
   */
  public List<Release> forEverybody() {
    return forEverybody;
  }

  /**
   * The key that most clients have for which a release is an update: that of the published version
   * before it, or, if it is the first one, the newest key before it. Empty if the app has none.
   */
  public Optional<VerificationKey> usualKeyFor(Release release) {
    int older = firstBefore(release.version());
    return older < published.size()
        ? app.keyFor(published.get(older).release().version())
        : app.keyBefore(release.version());
  }

  /** The place of the newest published release of an older version, found by halving. */
  private int firstBefore(ReleaseVersion version) {
    int from = 0;
    int to = published.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (version.isAfter(published.get(middle).release().version())) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /** Whether both answer every client alike. */
  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof ReleaseLine
            && ((ReleaseLine) other).app.equals(app)
            && ((ReleaseLine) other).releases.equals(releases));
  }

  @Override
  public int hashCode() {
    return releases.hashCode();
  }

  /** What the client gets. */
  public ReleaseDecision decide(ReleaseCheck check) {
    Optional<VerificationKey> key = app.keyFor(check.current());
    for (Candidate candidate : candidates(check, key)) {
      Release release = candidate.release();
      if (!release.version().isAfter(check.current())) {
        break;
      }
      if (restriction(candidate.published(), check).isEmpty()) {
        Artifact artifact = candidate.artifact();
        return new Offer(release, artifact, app.signatureFor(key, artifact));
      }
    }
    return new Nothing(whyNothing(check));
  }

  /** What is found of each release for the client, newest version first. */
  public List<Finding> explain(ReleaseCheck check) {
    List<Finding> findings = new ArrayList<>();
    for (Release release : releases) {
      Optional<Artifact> artifact = check.platform().best(release, any -> true);
      findings.add(new Finding(release, artifact, whyNot(release, check)));
    }
    return findings;
  }

  private Optional<Reason> whyNot(Release release, ReleaseCheck check) {
    if (!release.version().isAfter(check.current())) {
      return Optional.of(Reason.UP_TO_DATE);
    }
    return switch (release.state()) {
      case DRAFT -> Optional.of(Reason.DRAFT);
      case YANKED, REMOVED -> Optional.of(Reason.YANKED);
      case PUBLISHED -> rejection(Published.of(release), check);
    };
  }

  private Optional<Reason> rejection(Published newer, ReleaseCheck check) {
    ClientKind kind =
        new ClientKind(check.platform(), app.keyFor(check.current()), check.needsSignature());
    // What cannot be verified must not be in the way: without it, another one may be the best.
    boolean hasCandidate = candidate(newer, kind).isPresent();
    if (!hasCandidate && check.platform().best(newer.release(), any -> true).isEmpty()) {
      return Optional.of(Reason.NO_ARTIFACT);
    }
    return restriction(newer, check)
        .or(() -> hasCandidate ? Optional.empty() : Optional.of(Reason.NO_SIGNATURE));
  }

  /** Why a release is not for the client, whatever artifacts it has. */
  private static Optional<Reason> restriction(Published newer, ReleaseCheck check) {
    Optional<ReleaseVersion> least = newer.release().minAppVersion();
    if (least.isPresent() && least.get().isAfter(check.current())) {
      return Optional.of(Reason.MINIMUM_VERSION);
    }
    return newer.eligibility().includes(check.cohort())
        ? Optional.empty()
        : Optional.of(Reason.ROLLOUT);
  }

  /** It is that of the newest release which the client does not have. */
  private Reason whyNothing(ReleaseCheck check) {
    Optional<Published> newer =
        published.stream()
            .limit(1)
            .filter(newest -> newest.release().version().isAfter(check.current()))
            .findFirst();
    if (newer.isPresent()) {
      return rejection(newer.get(), check).orElse(Reason.UP_TO_DATE);
    }
    boolean wasYanked =
        releases.stream()
            .takeWhile(release -> release.version().isAfter(check.current()))
            .anyMatch(release -> release.state().isTakenBack());
    if (wasYanked) {
      return Reason.YANKED;
    }
    return published.isEmpty() ? Reason.NO_RELEASE : Reason.UP_TO_DATE;
  }

  private List<Candidate> candidates(ReleaseCheck check, Optional<VerificationKey> key) {
    ClientKind kind = new ClientKind(normalised(check.platform()), key, check.needsSignature());
    List<Candidate> known = candidates.get(kind);
    if (known != null) {
      return known;
    }
    // Outside of the map, which would hold up others meanwhile.
    List<Candidate> found =
        published.stream().flatMap(each -> candidate(each, kind).stream()).toList();
    candidates.putIfAbsent(kind, found);
    return found;
  }

  private Optional<Candidate> candidate(Published release, ClientKind kind) {
    return kind.platform()
        .best(
            release.release(),
            artifact ->
                !kind.needsSignature() || app.signatureFor(kind.key(), artifact).isPresent())
        .map(artifact -> new Candidate(release, artifact));
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
