package dev.hotupdater.device;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.internal.ContentHash;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What became of a release on a device, whatever protocol the device has told it by. A device tells
 * an outcome of a release once: what it tells again is the same event. Immutable.
 *
 * @param app the app
 * @param device the id of the device, as in {@link DeviceKey}
 * @param release the release
 * @param version its version
 * @param channel its channel
 * @param platform what the device runs on, such as {@code ios}; 1 to 32 characters
 * @param outcome what became of it
 * @param action how the device has called it, such as {@code update_fail}; 1 to 64 characters
 * @param at when it happened, as the device tells, in whole milliseconds
 */
public record DeviceEvent(
    AppId app,
    String device,
    ReleaseId release,
    String version,
    String channel,
    String platform,
    DeviceOutcome outcome,
    String action,
    Instant at) {
  /** The longest action, in characters. */
  public static final int MAX_ACTION_LENGTH = 64;

  private static final int MAX_PLATFORM_LENGTH = 32;

  /**
   * Checks the texts.
   *
   * @throws InvalidDeviceException if one breaks its rule
   * @throws dev.hotupdater.release.InvalidReleaseException if no channel can have this name
   */
  public DeviceEvent {
    requireNonNull(app, "app");
    device = DeviceKey.device(device).value();
    requireNonNull(release, "release");
    requireNonNull(version, "version");
    ReleaseRules.checkChannel(channel);
    DeviceText.check("platform", platform, MAX_PLATFORM_LENGTH);
    requireNonNull(outcome, "outcome");
    DeviceText.check("action", action, MAX_ACTION_LENGTH);
    requireNonNull(at, "at");
  }

  /**
   * What tells this event from others: a hash of app, device, release and outcome, as 32
   * hexadecimal digits.
   */
  public String id() {
    // None of the parts can have a line break.
    String parts =
        String.join("\n", List.of(app.value(), device, release.value(), outcome.jsonName()));
    return ContentHash.of(parts.getBytes(StandardCharsets.UTF_8));
  }
}
