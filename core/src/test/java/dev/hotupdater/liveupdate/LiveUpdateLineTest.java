package dev.hotupdater.liveupdate;

import static dev.hotupdater.fixture.ReleaseFixture.app;
import static dev.hotupdater.fixture.ReleaseFixture.pending;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.CHANNEL;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.DEVICE;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.installed;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.line;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.release;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.rules;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.running;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.text;
import static dev.hotupdater.liveupdate.LiveUpdateFixture.withNative;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.liveupdate.CurrentBundle.BuiltinOrInstalled;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which web bundle a device gets. */
class LiveUpdateLineTest {
  private static final App BUILTIN =
      app()
          .withLiveUpdates(
              app()
                  .liveUpdates()
                  .withChannel(CHANNEL, ChannelSettings.PUBLIC.servingBuiltin(true)));

  private static LiveUpdateCheck device(boolean production, boolean emulator) {
    return new LiveUpdateCheck(
        "ios",
        DEVICE.nativeVersion(),
        DEVICE.current(),
        production,
        emulator,
        Optional.empty(),
        version -> false);
  }

  private static LiveUpdateCheck failed(String version, CurrentBundle current) {
    return new LiveUpdateCheck(
        "ios",
        DEVICE.nativeVersion(),
        current,
        true,
        false,
        Optional.empty(),
        ReleaseVersion.of(version)::equals);
  }

  @Test
  void line_withoutReleases_hasNothing() {
    assertEquals("NO_RELEASE", text(LiveUpdateLine.EMPTY.decide(DEVICE)));
    assertEquals("NO_RELEASE", text(line().decide(installed("9.9.9"))));
    assertEquals("builtin", text(line(BUILTIN).decide(installed("9.9.9"))));
  }

  @Test
  void line_ofReleasesWithoutWebBundle_hasNothing() {
    LiveUpdateLine line =
        line(release("2.0.0", 1).artifacts(List.of(ready("android/apk"), ready("linux/x86_64"))));

    assertEquals(List.of(), line.releases());
    assertEquals("NO_RELEASE", text(line.decide(DEVICE)));
  }

  @Test
  void decide_goesByTheOrderOfUploadsAndNotOfVersions() {
    LiveUpdateLine line = line(release("3.0.0", 1), release("1.5.0", 3), release("2.0.0", 2));

    assertEquals("offer 1.5.0 any", text(line.decide(DEVICE)));
    assertEquals("offer 1.5.0 any", text(line.decide(installed("3.0.0"))));
    assertEquals("current", text(line.decide(installed("1.5.0"))));
    assertEquals("1.5.0", line.active().orElseThrow().version().toString());
  }

  @Test
  void decide_ofUploadsWithTheSamePlace_goesByTheirTimeAndThenTheirIdentity() {
    Release one = release("1.1.0", 0).build();
    Release other = release("1.2.0", 0).build();
    Release expected = one.id().compareTo(other.id()) > 0 ? one : other;

    assertEquals(
        Optional.of(expected), LiveUpdateLine.of(app(), CHANNEL, List.of(one, other)).active());
    assertEquals(
        Optional.of(expected), LiveUpdateLine.of(app(), CHANNEL, List.of(other, one)).active());
  }

  @ParameterizedTest
  @EnumSource(names = {"DRAFT", "YANKED", "REMOVED"})
  void release_thatIsNotPublished_isNotOffered(ReleaseState state) {
    LiveUpdateLine line = line(release("1.1.0", 1), release("1.2.0", 2).state(state));

    assertEquals("offer 1.1.0 any", text(line.decide(DEVICE)));
    assertEquals(state, line.release("1.2.0").map(Release::state).orElseThrow());
  }

  @Test
  void device_ofWhichTheBundleWasTakenBack_goesBackIfNothingIsLeft() {
    LiveUpdateLine line = line(release("1.1.0", 1).state(ReleaseState.REMOVED));

    assertEquals("builtin", text(line.decide(installed("1.1.0"))));
    assertEquals("NO_RELEASE", text(line.decide(installed("1.0.5"))));
    assertEquals("NO_RELEASE", text(line.decide(running(new BuiltinOrInstalled("1.1.0")))));
    assertEquals("NO_RELEASE", text(line.decide(DEVICE)));
  }

  @Test
  void device_ofWhichTheBundleWasTakenBack_goesBackIfTheRestIsNotForIt() {
    LiveUpdateLine line =
        line(
            release("1.1.0", 1).rules(rules("{\"platforms\":[\"android\"]}")),
            release("1.2.0", 2).state(ReleaseState.YANKED));

    assertEquals("builtin", text(line.decide(installed("1.2.0"))));
    assertEquals("PLATFORM 1.1.0", text(line.decide(DEVICE)));
  }

  @Test
  void channel_thatServesTheBuiltinBundle_takesEveryInstalledOneBack() {
    LiveUpdateLine line = line(BUILTIN, release("1.1.0", 1));

    assertEquals("builtin", text(line.decide(installed("1.1.0"))));
    assertEquals("current", text(line.decide(DEVICE)));
    assertEquals("current", text(line.decide(running(new BuiltinOrInstalled("1.1.0")))));
  }

  @Test
  void device_thatRunsWhatIsPublished_keepsItThoughItWouldNotGetIt() {
    LiveUpdateLine line = line(release("1.1.0", 1), release("1.2.0", 2).rollout(Rollout.of(0)));

    assertEquals("current", text(line.decide(installed("1.2.0"))));
    assertEquals("ROLLOUT 1.2.0", text(line.decide(installed("1.1.0"))));
    assertEquals("offer 1.1.0 any", text(line.decide(DEVICE)));
  }

  @Test
  void device_thatCameWithAVersion_doesNotGetIt() {
    LiveUpdateLine line = line(release("1.0.0", 1));

    assertEquals("current", text(line.decide(DEVICE)));
    assertEquals("current", text(line.decide(running(new BuiltinOrInstalled("1.0.0")))));
    assertEquals("offer 1.0.0 any", text(line.decide(installed("0.9.0"))));
  }

  @Test
  void device_onWhichAVersionFailed_getsTheOneBefore() {
    LiveUpdateLine line = line(release("1.1.0", 1), release("1.2.0", 2));

    assertEquals(
        "offer 1.1.0 any", text(line.decide(failed("1.2.0", new CurrentBundle.Builtin()))));
    assertEquals(
        "FAILED_BEFORE 1.2.0",
        text(line.decide(failed("1.2.0", new CurrentBundle.Installed("1.1.0")))));
  }

  @Test
  void device_getsTheBundleOfItsPlatformBeforeThatForAll() {
    Artifact ios = ready("ios/web");
    LiveUpdateLine line =
        line(release("1.1.0", 1).artifacts(List.of(ready("any/web"), ios, pending("android/web"))));

    assertEquals("offer 1.1.0 ios", text(line.decide(DEVICE)));
    assertEquals(
        "NO_ARTIFACT 1.1.0",
        text(line(release("1.1.0", 1).artifacts(List.of(ready("android/web")))).decide(DEVICE)));
    assertEquals(
        "NO_ARTIFACT 1.1.0",
        text(line(release("1.1.0", 1).artifacts(List.of(pending("any/web")))).decide(DEVICE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"platforms\":[\"android\"]} | PLATFORM",
        "{\"platforms\":[]} | PLATFORM",
        "{\"production\":false} | PRODUCTION",
        "{\"physical_devices\":false} | DEVICE",
        "{\"development\":false} | offer",
        "{\"emulators\":false} | offer",
        "{\"min_native_version\":\"1.0.1\"} | NATIVE_VERSION_TOO_LOW",
        "{\"min_native_version\":\"1.0.0\"} | offer",
        "{\"max_native_version\":\"0.9.9\"} | NATIVE_VERSION_TOO_HIGH",
        "{\"max_native_version\":\"1.0.0\"} | offer",
        "{\"version_policy\":\"declared_minimum\"} | MINIMUM_NOT_DECLARED",
        "{\"version_policy\":\"declared_minimum\",\"min_native_version\":\"1.0.0\"} | offer",
        "{\"version_policy\":\"declared_minimum\",\"min_native_version\":\"2.0.0\"} |"
            + " NATIVE_VERSION_TOO_LOW",
        "{\"version_policy\":\"same_minor\"} | MINOR",
        "{\"version_policy\":\"same_major\"} | offer"
      })
  void rule_withholdsWhatItExcludes(String rule, String expected) {
    String decision = text(line(release("1.1.0", 1).rules(rules(rule))).decide(DEVICE));

    assertEquals(expected, decision.substring(0, decision.indexOf(' ')));
  }

  @Test
  void rules_ofDebugBuildsAndEmulators_areForThose() {
    LiveUpdateLine line =
        line(release("1.1.0", 1).rules(rules("{\"development\":false,\"emulators\":false}")));

    assertEquals("DEVELOPMENT 1.1.0", text(line.decide(device(false, false))));
    assertEquals("EMULATOR 1.1.0", text(line.decide(device(true, true))));
    assertEquals("DEVELOPMENT 1.1.0", text(line.decide(device(false, true))));
    assertEquals("offer 1.1.0 any", text(line.decide(device(true, false))));
  }

  @ParameterizedTest
  @CsvSource({
    "2.0.0, same_major, MAJOR",
    "2.0.0, same_minor, MAJOR",
    "2.0.0, same_patch, MAJOR",
    "2.0.0, any, offer",
    "1.6.0, same_major, offer",
    "1.6.0, same_minor, MINOR",
    "1.6.0, same_patch, MINOR",
    "1.5.6, same_minor, offer",
    "1.5.6, same_patch, PATCH",
    "1.5.5+1, same_patch, offer",
    "1.4.9, any, UNDER_NATIVE",
    "0.9.9, same_patch, UNDER_NATIVE",
    "1.5.5-beta.1, any, UNDER_NATIVE"
  })
  void policy_comparesWithTheNativeVersion(String version, String policy, String expected) {
    LiveUpdateLine line =
        line(release(version, 1).rules(rules("{\"version_policy\":\"" + policy + "\"}")));

    String decision = text(line.decide(withNative(Optional.of("1.5.5"))));

    assertEquals(expected, decision.substring(0, decision.indexOf(' ')));
  }

  @Test
  void underNative_isAllowedByRule() {
    LiveUpdateLine line = line(release("1.0.0", 1).rules(rules("{\"under_native\":true}")));

    assertEquals("offer 1.0.0 any", text(line.decide(withNative(Optional.of("9.0.0")))));
  }

  @Test
  void minimum_ofTheReleaseComesBeforeThatOfTheRules() {
    LiveUpdateLine line =
        line(
            release("1.1.0", 1)
                .minAppVersion(Optional.of(ReleaseVersion.of("0.5.0")))
                .rules(rules("{\"min_native_version\":\"5.0.0\"}")));

    assertEquals("offer 1.1.0 any", text(line.decide(DEVICE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | NATIVE_VERSION_UNKNOWN | offer",
        "{\"under_native\":true} | offer | offer",
        "{\"under_native\":true,\"min_native_version\":\"0.1.0\"} | NATIVE_VERSION_UNKNOWN |"
            + " NATIVE_VERSION_UNKNOWN",
        "{\"under_native\":true,\"max_native_version\":\"9.0.0\"} | NATIVE_VERSION_UNKNOWN |"
            + " NATIVE_VERSION_UNKNOWN",
        "{\"under_native\":true,\"version_policy\":\"same_major\"} | NATIVE_VERSION_UNKNOWN |"
            + " NATIVE_VERSION_UNKNOWN"
      })
  void unknownNativeVersion_withholdsWhatDependsOnIt(String rule, String told, String neverTold) {
    LiveUpdateLine line = line(release("1.1.0", 1).rules(rules(rule)));
    LiveUpdateCheck check = withNative(Optional.empty());

    String decision = text(line.decide(check));
    String decisionOfNeverTold = text(line.decide(check, NativeVersionRule.NEVER_TOLD));

    assertEquals(told, decision.substring(0, decision.indexOf(' ')));
    assertEquals(neverTold, decisionOfNeverTold.substring(0, decisionOfNeverTold.indexOf(' ')));
  }

  @Test
  void neverTold_nativeVersionThatIsTold_countsAllTheSame() {
    LiveUpdateLine line = line(release("1.1.0", 1));

    assertEquals(
        "UNDER_NATIVE 1.1.0",
        text(line.decide(withNative(Optional.of("2.0.0")), NativeVersionRule.NEVER_TOLD)));
  }

  @Test
  void rollout_reachesCohorts() {
    LiveUpdateLine line =
        line(release("1.1.0", 1).rollout(Rollout.of(0)).targetCohorts(List.of(Cohort.of("qa"))));
    LiveUpdateCheck tester =
        new LiveUpdateCheck(
            "ios",
            DEVICE.nativeVersion(),
            DEVICE.current(),
            true,
            false,
            Optional.of(Cohort.of("qa")),
            version -> false);

    assertEquals("ROLLOUT 1.1.0", text(line.decide(DEVICE)));
    assertEquals("offer 1.1.0 any", text(line.decide(tester)));
  }

  @Test
  void cause_isTheFirstOneOfTheNewestRelease() {
    String all =
        "{\"platforms\":[\"android\"],\"production\":false,\"physical_devices\":false,"
            + "\"max_native_version\":\"0.1.0\",\"version_policy\":\"same_patch\"}";
    Release.Builder newest = release("2.0.0", 2).rollout(Rollout.of(0));
    Release.Builder older = release("1.1.0", 1).rollout(Rollout.of(0));

    assertEquals("PLATFORM 2.0.0", text(line(older, newest.rules(rules(all))).decide(DEVICE)));
    String iosOnly = all.replace("android", "ios");
    assertEquals("MAJOR 2.0.0", text(line(older, newest.rules(rules(iosOnly))).decide(DEVICE)));
    String anyVersion = iosOnly.replace("same_patch", "any");
    assertEquals(
        "NATIVE_VERSION_TOO_HIGH 2.0.0",
        text(line(older, newest.rules(rules(anyVersion))).decide(DEVICE)));
    String noLimit = anyVersion.replace("\"0.1.0\"", "\"9.0.0\"");
    assertEquals(
        "PRODUCTION 2.0.0", text(line(older, newest.rules(rules(noLimit))).decide(DEVICE)));
    String forStores = noLimit.replace("\"production\":false", "\"production\":true");
    assertEquals("DEVICE 2.0.0", text(line(older, newest.rules(rules(forStores))).decide(DEVICE)));
    assertEquals("ROLLOUT 2.0.0", text(line(older, newest.rules(rules("{}"))).decide(DEVICE)));
  }

  private static Release.Builder activated(Release.Builder release, long place) {
    return release.build().activated(place).toBuilder();
  }

  @Test
  void release_thatWasRolledBackFrom_isNotOfferedToThoseTheActiveOneIsNotFor() {
    Release.Builder active =
        activated(release("1.1.0", 2), 4).rules(rules("{\"platforms\":[\"android\"]}"));
    LiveUpdateLine line = line(release("1.0.5", 1), active, release("1.2.0", 3));

    assertEquals("offer 1.0.5 any", text(line.decide(DEVICE)));
    assertEquals("PLATFORM 1.1.0", text(line.decide(installed("1.2.0"))));
    assertEquals("PLATFORM 1.1.0", text(line(active, release("1.2.0", 3)).decide(DEVICE)));
  }

  @Test
  void device_thatRunsWhatWasRolledBackFrom_getsTheActiveOne() {
    LiveUpdateLine line = line(activated(release("1.1.0", 1), 3), release("1.2.0", 2));

    assertEquals("offer 1.1.0 any", text(line.decide(installed("1.2.0"))));
    assertEquals("current", text(line.decide(installed("1.1.0"))));
  }

  @Test
  void release_thatIsUploadedAfterARollback_doesNotBringBackWhatWasRolledBackFrom() {
    LiveUpdateLine line =
        line(
            activated(release("1.1.0", 1), 3),
            release("1.2.0", 2),
            release("1.3.0", 4).rollout(Rollout.of(0)));

    assertEquals("offer 1.1.0 any", text(line.decide(DEVICE)));
    assertEquals("ROLLOUT 1.3.0", text(line.decide(failed("1.1.0", DEVICE.current()))));
  }

  @Test
  void release_thatIsActivatedItselfAgain_isNotRolledBackFrom() {
    LiveUpdateLine line =
        line(activated(release("1.1.0", 1), 3), activated(release("1.2.0", 2), 4));

    assertEquals("offer 1.2.0 any", text(line.decide(DEVICE)));
    assertEquals("offer 1.1.0 any", text(line.decide(failed("1.2.0", DEVICE.current()))));
  }

  @Test
  void rollback_ofOnePlatform_leavesTheOthers() {
    Release.Builder ios = release("1.1.0", 1).artifacts(List.of(ready("ios/web")));
    Release.Builder android = release("1.2.0", 2).artifacts(List.of(ready("android/web")));
    Release.Builder newer = release("1.3.0", 3).artifacts(List.of(ready("ios/web")));
    LiveUpdateLine line = line(activated(ios, 4), android, newer);
    LiveUpdateCheck androidDevice =
        new LiveUpdateCheck(
            "android",
            DEVICE.nativeVersion(),
            DEVICE.current(),
            true,
            false,
            Optional.empty(),
            version -> false);

    assertEquals("offer 1.2.0 android", text(line.decide(androidDevice)));
    assertEquals(Optional.of("1.1.0"), line.active("ios").map(each -> each.version().toString()));
    assertEquals(
        Optional.of("1.2.0"), line.active("android").map(each -> each.version().toString()));
    assertEquals("FAILED_BEFORE 1.1.0", text(line.decide(failed("1.1.0", DEVICE.current()))));
  }

  @Test
  void device_thatRunsWhatWasSuperseded_keepsIt() {
    Release superseded = Superseded.removed(release("1.1.0", 1).build());
    LiveUpdateLine line =
        line(superseded.toBuilder(), release("1.2.0", 2).rules(rules("{\"platforms\":[]}")));

    assertEquals("PLATFORM 1.2.0", text(line.decide(installed("1.1.0"))));
    assertEquals("NO_RELEASE", text(line(superseded.toBuilder()).decide(installed("1.1.0"))));
  }

  @Test
  void superseding_ofWhatWasTakenBack_leavesItTakenBack() {
    Release yanked = release("1.1.0", 1).state(ReleaseState.YANKED).build();

    assertEquals(
        "builtin", text(line(Superseded.removed(yanked).toBuilder()).decide(installed("1.1.0"))));
  }
}
