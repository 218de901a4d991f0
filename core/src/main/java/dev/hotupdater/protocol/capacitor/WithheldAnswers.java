package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Withheld;
import java.util.Optional;

/**
 * Why a device does not get what there is, in the codes that clients know.
 *
 * <p>Source: Capacitor protocols, section A3. Of native versions that are too low or too high, and
 * of a release that should declare its lowest one and does not, nothing is said there for certain:
 * the codes are those that stand for the nearest rule.
 */
final class WithheldAnswers {
  private WithheldAnswers() {}

  /** The answer; empty if the device is to be told that there is nothing. */
  static Optional<HttpResponse> answer(Withheld withheld, DeviceInfo device) {
    return json(withheld, device).map(Answers::ok);
  }

  private static Optional<ObjectNode> json(Withheld withheld, DeviceInfo device) {
    return switch (withheld.cause()) {
      case NO_RELEASE, NO_ARTIFACT, ROLLOUT, FAILED_BEFORE -> Optional.empty();
      case PLATFORM ->
          blocked(
              "disabled_platform_" + device.platform(), "Updates are turned off for this platform");
      case PRODUCTION -> blocked("disable_prod_build", "Updates are turned off for store builds");
      case DEVELOPMENT ->
          blocked("disable_dev_build", "Updates are turned off for development builds");
      case DEVICE -> blocked("disable_device", "Updates are turned off for physical devices");
      case EMULATOR -> blocked("disable_emulator", "Updates are turned off for emulators");
      case MAJOR ->
          limited(
                  "disable_auto_update_to_major",
                  "The new version needs an app of a higher major version",
                  withheld,
                  device)
              .map(json -> json.put("major", true));
      case MINOR ->
          limited(
              "disable_auto_update_to_minor",
              "The new version needs an app of a higher minor version",
              withheld,
              device);
      case PATCH ->
          limited(
              "disable_auto_update_to_patch",
              "The new version needs an app of a higher patch version",
              withheld,
              device);
      case NATIVE_VERSION_TOO_LOW ->
          limited(
              "disable_auto_update_to_metadata",
              "The new version needs a newer app",
              withheld,
              device);
      case NATIVE_VERSION_TOO_HIGH, UNDER_NATIVE ->
          limited(
              "disable_auto_update_under_native",
              "The new version is for an older app",
              withheld,
              device);
      case MINIMUM_NOT_DECLARED ->
          failed("misconfigured_channel", "The new version does not declare which app it needs");
      case NATIVE_VERSION_UNKNOWN ->
          failed("unknown_version_build", "The version of the app is not known");
    };
  }

  private static Optional<ObjectNode> blocked(String error, String message) {
    return Optional.of(Answers.error(error, message, Answers.Kind.BLOCKED));
  }

  private static Optional<ObjectNode> failed(String error, String message) {
    return Optional.of(Answers.error(error, message, Answers.Kind.FAILED));
  }

  /**
   * A plugin tells its app of the new version, so that it can send its user to the store. An app
   * that asks by itself would take that for an offer.
   */
  private static Optional<ObjectNode> limited(
      String error, String message, Withheld withheld, DeviceInfo device) {
    ObjectNode json = Answers.error(error, message, Answers.Kind.BLOCKED);
    withheld
        .release()
        .filter(release -> !device.client().isPlain())
        .ifPresent(release -> json.put("version", release.version().toString()));
    return Optional.of(json.put("old", device.running().orElse("")));
  }
}
