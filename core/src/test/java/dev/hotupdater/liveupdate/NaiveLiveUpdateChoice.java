package dev.hotupdater.liveupdate;

import dev.hotupdater.bundle.Eligibility;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.VersionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The rules of live updates once more, written down one by one and not to be fast. */
final class NaiveLiveUpdateChoice {
  private final App app;
  private final LiveUpdateCheck check;
  private final boolean neverTold;

  private NaiveLiveUpdateChoice(App app, LiveUpdateCheck check, boolean neverTold) {
    this.app = app;
    this.check = check;
    this.neverTold = neverTold;
  }

  /** The decision as {@link LiveUpdateFixture#text} has it. */
  static String choose(
      App app, String channel, List<Release> releases, LiveUpdateCheck check, boolean neverTold) {
    return new NaiveLiveUpdateChoice(app, check, neverTold).choose(channel, releases);
  }

  private String choose(String channel, List<Release> releases) {
    boolean surelyInstalled = check.current() instanceof CurrentBundle.Installed;
    boolean servesBuiltin =
        Optional.ofNullable(app.liveUpdates().channels().get(channel))
            .filter(ChannelSettings::servesBuiltin)
            .isPresent();
    if (servesBuiltin) {
      return surelyInstalled ? "builtin" : "current";
    }
    List<Release> published = new ArrayList<>();
    for (Release release : releases) {
      if (isWeb(release) && release.state() == ReleaseState.PUBLISHED) {
        published.add(release);
      }
    }
    published.sort((one, other) -> Long.compare(other.sequence(), one.sequence()));
    String firstCause = "";
    for (Release release : published) {
      if (running().equals(release.version().toString())) {
        return firstCause.isEmpty() ? "current" : firstCause;
      }
      if (isRolledBack(release, published)) {
        continue;
      }
      Optional<String> cause = cause(release);
      if (cause.isEmpty()) {
        return "offer " + release.version() + " " + artifact(release).orElseThrow();
      }
      if (firstCause.isEmpty()) {
        firstCause = cause.get() + " " + release.version();
      }
    }
    boolean takenBack =
        surelyInstalled
            && releases.stream()
                .filter(NaiveLiveUpdateChoice::isWeb)
                .filter(each -> each.version().toString().equals(running()))
                .filter(each -> !Superseded.is(each))
                .anyMatch(
                    each ->
                        each.state() == ReleaseState.YANKED
                            || each.state() == ReleaseState.REMOVED);
    if (takenBack) {
      return "builtin";
    }
    return firstCause.isEmpty() ? "NO_RELEASE" : firstCause;
  }

  private static boolean isRolledBack(Release release, List<Release> published) {
    for (Release other : published) {
      if (other.sequence() > release.sequence()
          && other.uploadSequence() < release.uploadSequence()
          && isForSomeOfTheSame(other, release)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isForSomeOfTheSame(Release one, Release other) {
    for (Artifact mine : one.artifacts()) {
      for (Artifact theirs : other.artifacts()) {
        List<String> both = List.of(mine.target().target(), theirs.target().target());
        if (both.contains("any") || both.get(0).equals(both.get(1))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isWeb(Release release) {
    return release.artifacts().stream().anyMatch(each -> each.target().arch().equals("web"));
  }

  private String running() {
    if (check.current() instanceof CurrentBundle.Installed installed) {
      return installed.name();
    }
    if (check.current() instanceof CurrentBundle.BuiltinOrInstalled either) {
      return either.name();
    }
    return check.nativeVersion().map(ReleaseVersion::toString).orElse("nothing");
  }

  private Optional<String> artifact(Release release) {
    for (String platform : List.of(check.platform(), "any")) {
      for (Artifact artifact : release.artifacts()) {
        if (artifact.isReady()
            && artifact.target().arch().equals("web")
            && artifact.target().target().equals(platform)) {
          return Optional.of(platform);
        }
      }
    }
    return Optional.empty();
  }

  /** What the release says, or else its channel, or else its app. */
  private <T> Optional<T> rule(Release release, Function<DeliveryRules, Optional<T>> rule) {
    Optional<T> found = rule.apply(release.rules());
    ChannelSettings channel = app.liveUpdates().channels().get(release.channel());
    if (found.isEmpty() && channel != null) {
      found = rule.apply(channel.rules());
    }
    return found.isPresent() ? found : rule.apply(app.liveUpdates().rules());
  }

  private boolean isOff(Release release, Function<DeliveryRules, Optional<Boolean>> rule) {
    return !rule(release, rule).orElse(true);
  }

  private Optional<String> cause(Release release) {
    List<String> causes = new ArrayList<>();
    if (!rule(release, DeliveryRules::platforms)
        .map(names -> names.contains(check.platform()))
        .orElse(true)) {
      causes.add("PLATFORM");
    }
    if (artifact(release).isEmpty()) {
      causes.add("NO_ARTIFACT");
    }
    causes.addAll(causesOfVersions(release));
    if (check.production() && isOff(release, DeliveryRules::production)) {
      causes.add("PRODUCTION");
    }
    if (!check.production() && isOff(release, DeliveryRules::development)) {
      causes.add("DEVELOPMENT");
    }
    if (check.emulator() && isOff(release, DeliveryRules::emulators)) {
      causes.add("EMULATOR");
    }
    if (!check.emulator() && isOff(release, DeliveryRules::physicalDevices)) {
      causes.add("DEVICE");
    }
    if (check.failed().test(release.version())) {
      causes.add("FAILED_BEFORE");
    }
    if (!Eligibility.isEligible(
        release.id().value(), check.cohort(), release.rollout(), release.targetCohorts())) {
      causes.add("ROLLOUT");
    }
    return causes.stream().findFirst();
  }

  private List<String> causesOfVersions(Release release) {
    VersionPolicy policy = rule(release, DeliveryRules::versionPolicy).orElse(VersionPolicy.ANY);
    boolean mayBeUnder = rule(release, DeliveryRules::underNative).orElse(false);
    Optional<ReleaseVersion> least =
        release.minAppVersion().isPresent()
            ? release.minAppVersion()
            : rule(release, DeliveryRules::minNativeVersion);
    Optional<ReleaseVersion> most = rule(release, DeliveryRules::maxNativeVersion);
    List<String> causes = new ArrayList<>();
    if (check.nativeVersion().isEmpty()) {
      boolean isSaid = policy != VersionPolicy.ANY || least.isPresent() || most.isPresent();
      if (isSaid || (!mayBeUnder && !neverTold)) {
        causes.add("NATIVE_VERSION_UNKNOWN");
      }
      return causes;
    }
    ReleaseVersion nativeVersion = check.nativeVersion().get();
    List<Long> mine = numbers(release.version());
    List<Long> theirs = numbers(nativeVersion);
    int compared =
        switch (policy) {
          case SAME_MAJOR -> 1;
          case SAME_MINOR -> 2;
          case SAME_PATCH -> 3;
          default -> 0;
        };
    List<String> names = List.of("MAJOR", "MINOR", "PATCH");
    for (int i = 0; i < compared; i++) {
      if (!mine.get(i).equals(theirs.get(i))) {
        if (mine.get(i) > theirs.get(i)) {
          causes.add(names.get(i));
        }
        break;
      }
    }
    if (policy == VersionPolicy.DECLARED_MINIMUM && least.isEmpty()) {
      causes.add("MINIMUM_NOT_DECLARED");
    }
    if (least.isPresent() && nativeVersion.compareTo(least.get()) < 0) {
      causes.add("NATIVE_VERSION_TOO_LOW");
    }
    if (most.isPresent() && nativeVersion.compareTo(most.get()) > 0) {
      causes.add("NATIVE_VERSION_TOO_HIGH");
    }
    if (!mayBeUnder
        && Collections.max(List.of(nativeVersion, release.version())).equals(nativeVersion)
        && nativeVersion.compareTo(release.version()) != 0) {
      causes.add("UNDER_NATIVE");
    }
    return causes;
  }

  private static List<Long> numbers(ReleaseVersion version) {
    return List.of(version.major(), version.minor(), version.patch());
  }
}
