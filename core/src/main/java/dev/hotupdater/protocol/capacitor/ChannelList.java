package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.release.App;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.LiveUpdateSettings;
import dev.hotupdater.release.UnsaidChannels;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The channels that a device may name and that deliver to devices like it.
 *
 * <p>Source: Capacitor protocols, section A8: an array, with numbers as ids.
 */
final class ChannelList {
  private static final long LARGEST_ID = Integer.MAX_VALUE;

  private ChannelList() {}

  static ArrayNode of(App app, DeviceInfo device) {
    LiveUpdateSettings settings = app.liveUpdates();
    TreeMap<String, ChannelSettings> channels = new TreeMap<>(settings.channels());
    channels.putIfAbsent(settings.defaultChannel(), ChannelSettings.PUBLIC);
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    channels.forEach(
        (name, channel) -> {
          if (settings.canBeNamed(name, UnsaidChannels.CLOSED)
              && delivers(channel, settings, device)) {
            array
                .addObject()
                .put("id", id(name))
                .put("name", name)
                .put("public", channel.isPublic())
                .put("allow_self_set", channel.selfAssignable());
          }
        });
    return array;
  }

  /** A positive number that is always the same for a name. */
  private static long id(String name) {
    CRC32 checksum = new CRC32();
    checksum.update(name.getBytes(StandardCharsets.UTF_8));
    return 1 + checksum.getValue() % LARGEST_ID;
  }

  private static boolean delivers(
      ChannelSettings channel, LiveUpdateSettings settings, DeviceInfo device) {
    DeliveryRules rules = channel.rules().orElse(settings.rules()).orElse(DeliveryRules.DEFAULTS);
    return rules.platforms().filter(names -> !names.contains(device.platform())).isEmpty()
        && isOn(device.production() ? rules.production() : rules.development())
        && isOn(device.emulator() ? rules.emulators() : rules.physicalDevices());
  }

  private static boolean isOn(Optional<Boolean> rule) {
    return rule.orElse(false);
  }
}
