package dev.hotupdater.device;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.internal.ContentHash;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseRules;
import dev.hotupdater.release.ReleaseVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What became of a release on a device, whatever protocol the device has told it by. A device tells
 * an outcome of a release once: what it tells again is the same event. Immutable.
 *
 * @param app the app
 * @param device the id of the device, as in {@link DeviceKey}
 * @param release the release
 * @param version its version; 1 to 128 characters
 * @param channel its channel
 * @param platform what the device runs on, such as {@code ios}; 1 to 32 characters
 * @param outcome what became of it
 * @param action how the device has called it, such as {@code update_fail}; 1 to 64 characters
 * @param at when it happened, as the device tells, cut to whole milliseconds; from the year 1970 to
 *     the year 9999, which every database keeps
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
  private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

  /**
   * Checks the texts and the time.
   *
   * @throws InvalidDeviceException if one breaks its rule
   * @throws dev.hotupdater.release.InvalidReleaseException if no channel can have this name
   */
  public DeviceEvent {
    requireNonNull(app, "app");
    device = DeviceKey.device(device).value();
    requireNonNull(release, "release");
    DeviceText.check("version", version, ReleaseVersion.MAX_LENGTH);
    ReleaseRules.checkChannel(channel);
    DeviceText.check("platform", platform, MAX_PLATFORM_LENGTH);
    requireNonNull(outcome, "outcome");
    DeviceText.check("action", action, MAX_ACTION_LENGTH);
    at = checkedTime(at);
  }

  private static Instant checkedTime(Instant at) {
    if (at.isBefore(Instant.EPOCH) || !at.isBefore(END_OF_TIME)) {
      throw new InvalidDeviceException("timestamp", "must be from the year 1970 to the year 9999");
    }
    return at.truncatedTo(ChronoUnit.MILLIS);
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
