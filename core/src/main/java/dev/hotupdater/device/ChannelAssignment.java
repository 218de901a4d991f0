package dev.hotupdater.device;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.internal.ContentHash;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The channel that a device was given to, or has chosen itself. There is one for each app and key;
 * a new one takes the place of the last. Immutable.
 *
 * @param app the app
 * @param key the device
 * @param channel the channel; absent if it was taken from the device again
 * @param assignedAt when, in whole milliseconds
 */
public record ChannelAssignment(
    AppId app, DeviceKey key, Optional<String> channel, Instant assignedAt) implements DeviceFact {
  /**
   * Checks the channel.
   *
   * @throws dev.hotupdater.release.InvalidReleaseException if it is none
   */
  public ChannelAssignment {
    requireNonNull(app, "app");
    requireNonNull(key, "key");
    requireNonNull(assignedAt, "assignedAt");
    channel.ifPresent(ReleaseRules::checkChannel);
  }

  @Override
  public boolean isOf(Set<DeviceKey> keys) {
    return keys.contains(key);
  }

  /**
   * What tells this assignment from those of other apps and keys: a hash of app, kind and value, as
   * 32 hexadecimal digits.
   */
  public String id() {
    return idOf(app, key);
  }

  /** The {@linkplain #id() id} of the assignment of this app and key. */
  public static String idOf(AppId app, DeviceKey key) {
    // None of the parts can have a line break.
    String parts = String.join("\n", List.of(app.value(), key.kind().jsonName(), key.value()));
    return ContentHash.of(parts.getBytes(StandardCharsets.UTF_8));
  }
}
