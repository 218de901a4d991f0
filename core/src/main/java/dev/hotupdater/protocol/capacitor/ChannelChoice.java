package dev.hotupdater.protocol.capacitor;

import dev.hotupdater.catalog.Devices;
import dev.hotupdater.release.App;
import dev.hotupdater.release.LiveUpdateSettings;
import java.util.Optional;

/**
 * Which channel a device is on: the one that it was given to, or else the one that it names, or
 * else the default of the app. Immutable.
 *
 * <p>Sources: Capacitor protocols, sections A3 ("Backend decision order") and A8.
 *
 * @param name its name
 * @param isAssigned whether the device was given to it
 */
record ChannelChoice(String name, boolean isAssigned) {
  /**
   * The choice for a device.
   *
   * @param named the channel that it names
   * @param options which channels it may name
   * @throws Refusal if it names one that is not for those who were not given to it
   */
  static ChannelChoice of(
      App app, Devices devices, DeviceInfo device, Optional<String> named, CheckOptions options) {
    Optional<ChannelChoice> assigned =
        assigned(app, devices, device, options).map(name -> new ChannelChoice(name, true));
    return assigned.orElseGet(() -> new ChannelChoice(byName(app, named, options), false));
  }

  /** The channel that a device was given to, or has chosen itself while it still may. */
  static Optional<String> assigned(
      App app, Devices devices, DeviceInfo device, CheckOptions options) {
    return device
        .device()
        .flatMap(
            key ->
                devices.effectiveChannel(
                    app.id(),
                    key,
                    device.custom(),
                    name -> app.liveUpdates().canBeNamed(name, options.unsaidChannels())));
  }

  private static String byName(App app, Optional<String> named, CheckOptions options) {
    LiveUpdateSettings settings = app.liveUpdates();
    if (named.isEmpty()) {
      return settings.defaultChannel();
    }
    String name = named.get();
    if (settings.canBeNamed(name, options.unsaidChannels())) {
      return name;
    }
    if (settings.channel(name).isPresent()) {
      throw Refusal.blocked(
          "cannot_update_via_private_channel",
          "The channel is private, and this device was not given to it.");
    }
    return settings.defaultChannel();
  }
}
