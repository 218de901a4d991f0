package dev.hotupdater.liveupdate;

import dev.hotupdater.bundle.Eligibility;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Cause;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Offer;
import dev.hotupdater.liveupdate.LiveUpdateDecision.RevertToBuiltin;
import dev.hotupdater.liveupdate.LiveUpdateDecision.UpToDate;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Withheld;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The releases of an app on one channel in the order of their uploads, the last one first, and
 * which web bundle a device gets: that of the last published release that is for it. Immutable.
 *
 * <p>What a device runs stays right for it as long as that is published, also if the release would
 * not be offered to it any more. A device whose bundle was taken back, and for which nothing else
 * is left, goes back to the bundle that came with the app. A release that was rolled back from is
 * offered to nobody; a device that runs it gets the active one, or stays on it if that is not for
 * it.
 */
public final class LiveUpdateLine {
  /** The line without any release. */
  public static final LiveUpdateLine EMPTY = new LiveUpdateLine(List.of(), List.of(), false);

  private final List<Release> releases;
  private final List<RuledRelease> published;
  private final boolean servesBuiltin;

  private LiveUpdateLine(
      List<Release> releases, List<RuledRelease> published, boolean servesBuiltin) {
    this.releases = releases;
    this.published = published;
    this.servesBuiltin = servesBuiltin;
  }

  /** The line of these releases, which are of this app and of this channel, in any state. */
  public static LiveUpdateLine of(App app, String channel, Collection<Release> releases) {
    List<Release> ordered =
        releases.stream().filter(WebArtifact::isIn).sorted(UploadOrder.LAST_FIRST).toList();
    Set<ReleaseId> rolledBack = UploadOrder.rolledBack(ordered);
    List<RuledRelease> published =
        ordered.stream()
            .filter(release -> release.state() == ReleaseState.PUBLISHED)
            .map(
                release ->
                    new RuledRelease(
                        release,
                        app.liveUpdates().rulesFor(release),
                        Eligibility.of(
                            release.id().value(), release.rollout(), release.targetCohorts()),
                        rolledBack.contains(release.id())))
            .toList();
    boolean servesBuiltin =
        app.liveUpdates().channel(channel).map(ChannelSettings::servesBuiltin).orElse(false);
    return new LiveUpdateLine(ordered, published, servesBuiltin);
  }

  /** The releases with a web bundle, in every state, the one that was uploaded last first. */
  public List<Release> releases() {
    return releases;
  }

  /** The release that was uploaded, or made the active one, last. */
  public Optional<Release> active() {
    return published.stream().map(RuledRelease::release).findFirst();
  }

  /** The release that was uploaded, or made the active one, last for a platform. */
  public Optional<Release> active(String platform) {
    return published.stream()
        .filter(release -> !release.isRolledBack())
        .map(RuledRelease::release)
        .filter(release -> WebArtifact.in(release, platform).isPresent())
        .findFirst();
  }

  /** The release of this version, in whatever state. */
  public Optional<Release> release(String version) {
    return releases.stream()
        .filter(release -> release.version().toString().equals(version))
        .findFirst();
  }

  /** What a device gets whose client tells the native version if it can. */
  public LiveUpdateDecision decide(LiveUpdateCheck check) {
    return decide(check, NativeVersionRule.TOLD);
  }

  /**
   * What a device gets.
   *
   * @param rule what it means if the check has no native version
   */
  public LiveUpdateDecision decide(LiveUpdateCheck check, NativeVersionRule rule) {
    if (servesBuiltin) {
      return runsBuiltin(check) ? new UpToDate() : new RevertToBuiltin();
    }
    Optional<Withheld> withheld = Optional.empty();
    for (RuledRelease candidate : published) {
      if (runs(check, candidate.release())) {
        return withheld.<LiveUpdateDecision>map(each -> each).orElseGet(UpToDate::new);
      }
      if (candidate.isRolledBack()) {
        continue;
      }
      Optional<Cause> cause = candidate.causeAgainst(check, rule);
      if (cause.isEmpty()) {
        Artifact artifact = WebArtifact.in(candidate.release(), check.platform()).orElseThrow();
        return new Offer(candidate.release(), artifact);
      }
      if (withheld.isEmpty()) {
        withheld = Optional.of(new Withheld(cause.get(), Optional.of(candidate.release())));
      }
    }
    if (runsWhatWasTakenBack(check)) {
      return new RevertToBuiltin();
    }
    return withheld.orElseGet(() -> new Withheld(Cause.NO_RELEASE, Optional.empty()));
  }

  /** An app that was built with a version does not need a bundle of the same. */
  private static boolean runs(LiveUpdateCheck check, Release release) {
    return check
        .current()
        .installedName()
        .or(() -> check.nativeVersion().map(ReleaseVersion::toString))
        .filter(release.version().toString()::equals)
        .isPresent();
  }

  private static boolean runsBuiltin(LiveUpdateCheck check) {
    return !(check.current() instanceof CurrentBundle.Installed);
  }

  /** Not if the device may run what came with the app: it would go back to it with each check. */
  private boolean runsWhatWasTakenBack(LiveUpdateCheck check) {
    return !runsBuiltin(check)
        && check
            .current()
            .installedName()
            .flatMap(this::release)
            .filter(release -> release.state().isTakenBack() && !Superseded.is(release))
            .isPresent();
  }
}
