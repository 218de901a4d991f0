package dev.hotupdater.liveupdate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.fixture.ReleaseFixture;
import dev.hotupdater.release.App;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.DeliveryRulesJson;
import dev.hotupdater.release.JsonFields;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import java.util.Arrays;
import java.util.Optional;

/** Releases with web bundles, devices, and how a decision reads. */
final class LiveUpdateFixture {
  static final String CHANNEL = "stable";

  /** A store app on a phone with iOS that runs what it came with. */
  static final LiveUpdateCheck DEVICE =
      new LiveUpdateCheck(
          "ios",
          Optional.of(ReleaseVersion.of("1.0.0")),
          new CurrentBundle.Builtin(),
          true,
          false,
          Optional.empty(),
          version -> false);

  private LiveUpdateFixture() {}

  static Release.Builder release(String version, long sequence) {
    return ReleaseFixture.published(version, ReleaseFixture.ready("any/web")).sequence(sequence);
  }

  static DeliveryRules rules(String json) {
    try {
      return DeliveryRulesJson.read(JsonFields.of(new ObjectMapper().readTree(json)));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  static LiveUpdateLine line(Release.Builder... releases) {
    return line(ReleaseFixture.app(), releases);
  }

  static LiveUpdateLine line(App app, Release.Builder... releases) {
    return LiveUpdateLine.of(
        app, CHANNEL, Arrays.stream(releases).map(Release.Builder::build).toList());
  }

  static LiveUpdateCheck running(CurrentBundle current) {
    return new LiveUpdateCheck(
        DEVICE.platform(),
        DEVICE.nativeVersion(),
        current,
        DEVICE.production(),
        DEVICE.emulator(),
        DEVICE.cohort(),
        DEVICE.failed());
  }

  static LiveUpdateCheck installed(String version) {
    return running(new CurrentBundle.Installed(version));
  }

  static LiveUpdateCheck withNative(Optional<String> version) {
    return new LiveUpdateCheck(
        DEVICE.platform(),
        version.map(ReleaseVersion::of),
        DEVICE.current(),
        DEVICE.production(),
        DEVICE.emulator(),
        DEVICE.cohort(),
        DEVICE.failed());
  }

  /** Such as {@code offer 1.2.0 any}, {@code builtin}, {@code current} or {@code ROLLOUT 1.2.0}. */
  static String text(LiveUpdateDecision decision) {
    if (decision instanceof LiveUpdateDecision.Offer offer) {
      return "offer " + offer.release().version() + " " + offer.artifact().target().target();
    }
    if (decision instanceof LiveUpdateDecision.Withheld withheld) {
      return withheld.cause()
          + withheld.release().map(release -> " " + release.version()).orElse("");
    }
    return decision instanceof LiveUpdateDecision.RevertToBuiltin ? "builtin" : "current";
  }
}
