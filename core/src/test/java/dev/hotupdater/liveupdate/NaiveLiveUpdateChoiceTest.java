package dev.hotupdater.liveupdate;

import static dev.hotupdater.fixture.ReleaseFixture.app;
import static dev.hotupdater.fixture.ReleaseFixture.pending;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.CHANNEL;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.release;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.fixture.Seed;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.LiveUpdateSettings;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.VersionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The choice equals that of a second implementation, on catalogues at random. */
class NaiveLiveUpdateChoiceTest {
  private static final int CATALOGUES = 400;
  private static final int CHECKS = 60;
  private static final List<String> PLATFORMS = List.of("ios", "android", "electron");

  private final Random random = Seed.random(NaiveLiveUpdateChoiceTest.class);

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private <T> Optional<T> maybe(int oneIn, Supplier<T> value) {
    return oneIn(oneIn) ? Optional.of(value.get()) : Optional.empty();
  }

  private String version() {
    return random.nextInt(3)
        + "."
        + random.nextInt(3)
        + "."
        + random.nextInt(3)
        + (oneIn(6) ? "-beta." + random.nextInt(3) : "");
  }

  private ReleaseVersion anyVersion() {
    return ReleaseVersion.of(version());
  }

  private DeliveryRules rules() {
    if (oneIn(3)) {
      return DeliveryRules.NONE;
    }
    // Of one who gives rules, the lowest version is never above the highest.
    ReleaseVersion one = anyVersion();
    ReleaseVersion other = anyVersion();
    boolean inOrder = one.compareTo(other) <= 0;
    return new DeliveryRules(
        maybe(8, this::platforms),
        maybe(6, () -> oneIn(2)),
        maybe(6, () -> oneIn(2)),
        maybe(6, () -> oneIn(2)),
        maybe(6, () -> oneIn(2)),
        maybe(8, () -> inOrder ? one : other),
        maybe(8, () -> inOrder ? other : one),
        maybe(5, () -> pick(List.of(VersionPolicy.values()))),
        maybe(3, () -> oneIn(2)));
  }

  private SortedSet<String> platforms() {
    SortedSet<String> some = new TreeSet<>(PLATFORMS);
    some.removeIf(any -> oneIn(3));
    return some;
  }

  private App anyApp() {
    LiveUpdateSettings settings = LiveUpdateSettings.DEFAULTS.withRules(rules());
    return app()
        .withLiveUpdates(
            oneIn(2)
                ? settings
                : settings.withChannel(
                    CHANNEL, new ChannelSettings(oneIn(2), oneIn(2), oneIn(10), rules())));
  }

  private List<Artifact> artifacts() {
    Map<String, Artifact> byTarget = new TreeMap<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      String target = oneIn(2) ? "any/web" : pick(PLATFORMS) + "/web";
      byTarget.put(target, oneIn(8) ? pending(target) : ready(target));
    }
    if (oneIn(10)) {
      return List.of(ready("android/apk"));
    }
    return List.copyOf(byTarget.values());
  }

  private List<Release> releases() {
    Set<String> versions = new TreeSet<>();
    int count = random.nextInt(7);
    while (versions.size() < count) {
      versions.add(version());
    }
    List<String> uploads = new ArrayList<>(versions);
    Collections.shuffle(uploads, random);
    List<Release> releases = new ArrayList<>();
    for (String version : uploads) {
      releases.add(
          release(version, releases.size() + 1L)
              .artifacts(artifacts())
              .state(oneIn(4) ? pick(List.of(ReleaseState.values())) : ReleaseState.PUBLISHED)
              .rollout(oneIn(5) ? Rollout.of(random.nextInt(1_001)) : Rollout.FULL)
              .targetCohorts(oneIn(6) ? List.of(Cohort.of("qa"), Cohort.of("7")) : List.of())
              .minAppVersion(maybe(8, this::anyVersion))
              .rules(rules())
              .build());
    }
    activateSome(releases);
    releases.replaceAll(release -> oneIn(12) ? Superseded.removed(release) : release);
    Collections.shuffle(releases, random);
    return releases;
  }

  private void activateSome(List<Release> releases) {
    long place = releases.size();
    while (!releases.isEmpty() && oneIn(2)) {
      place++;
      int index = random.nextInt(releases.size());
      releases.set(index, releases.get(index).activated(place));
    }
  }

  private CurrentBundle current() {
    return switch (random.nextInt(3)) {
      case 0 -> new CurrentBundle.Builtin();
      case 1 -> new CurrentBundle.Installed(version());
      default -> new CurrentBundle.BuiltinOrInstalled(version());
    };
  }

  private LiveUpdateCheck check(List<Release> releases) {
    ReleaseVersion failed = anyVersion();
    CurrentBundle current =
        releases.isEmpty() || oneIn(2)
            ? current()
            : new CurrentBundle.Installed(pick(releases).version().toString());
    return new LiveUpdateCheck(
        oneIn(10) ? "web" : pick(PLATFORMS),
        oneIn(4) ? Optional.empty() : Optional.of(anyVersion()),
        current,
        !oneIn(4),
        oneIn(4),
        oneIn(3)
            ? Optional.empty()
            : Optional.of(oneIn(4) ? Cohort.of("qa") : Cohort.of("" + (1 + random.nextInt(1_000)))),
        failed::equals);
  }

  @Test
  void decide_isTheNaiveChoice() {
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < CATALOGUES; i++) {
      App app = anyApp();
      List<Release> releases = releases();
      LiveUpdateLine line = LiveUpdateLine.of(app, CHANNEL, releases);
      for (int j = 0; j < CHECKS; j++) {
        LiveUpdateCheck check = check(releases);
        NativeVersionRule rule = pick(List.of(NativeVersionRule.values()));
        String expected =
            NaiveLiveUpdateChoice.choose(
                app, CHANNEL, releases, check, rule == NativeVersionRule.NEVER_TOLD);

        String decision = text(line.decide(check, rule));

        assertEquals(expected, decision, () -> check + " of " + releases + " by " + app);
        seen.merge(decision.split(" ", -1)[0], 1, Integer::sum);
      }
    }
    // Each cause, and what is no cause.
    assertTrue(seen.size() == LiveUpdateDecision.Cause.values().length + 3, () -> "only " + seen);
  }
}
