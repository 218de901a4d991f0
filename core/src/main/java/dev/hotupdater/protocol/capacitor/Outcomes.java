package dev.hotupdater.protocol.capacitor;

import static java.util.Map.entry;

import dev.hotupdater.device.DeviceOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the actions mean that devices tell.
 *
 * <p>Source: Capacitor protocols, section A7.
 */
final class Outcomes {
  private static final String DOWNLOAD_FAIL = "download_fail";

  /** Further failures, those of tomorrow too, but no text that could not be kept. */
  private static final Pattern FAILURE = Pattern.compile("[a-z][a-z0-9_]{0,58}_fail");

  private static final Map<String, DeviceOutcome> KNOWN =
      Map.ofEntries(
          entry("set", DeviceOutcome.INSTALLED),
          entry("download_complete", DeviceOutcome.DOWNLOADED),
          entry("download_zip_complete", DeviceOutcome.DOWNLOADED),
          entry("download_manifest_complete", DeviceOutcome.DOWNLOADED),
          entry("update_fail", DeviceOutcome.FAILED),
          entry("set_fail", DeviceOutcome.FAILED),
          entry("checksum_required", DeviceOutcome.NOT_INSTALLED),
          entry("session_key_required", DeviceOutcome.NOT_INSTALLED),
          entry("insufficient_disk_space", DeviceOutcome.NOT_INSTALLED));

  private Outcomes() {}

  /** What became of a release; empty if the action says nothing of that. */
  static Optional<DeviceOutcome> of(String action, Client client) {
    if (action.equals(DOWNLOAD_FAIL) && !client.reportsTrueDownloadFailures()) {
      return Optional.empty();
    }
    Optional<DeviceOutcome> known = Optional.ofNullable(KNOWN.get(action));
    return known.isEmpty() && FAILURE.matcher(action).matches()
        ? Optional.of(DeviceOutcome.NOT_INSTALLED)
        : known;
  }
}
