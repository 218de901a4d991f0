package dev.hotupdater.release;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the web bundles of an app are delivered. Immutable.
 *
 * @param defaultChannel the channel of devices that have no other one
 * @param rules which devices its releases may be delivered to, where channel and release leave it
 *     open
 * @param channels what was said of channels, by their name
 * @param sequence the highest place in the order of uploads that was given away, or a higher one;
 *     it grows with every upload, activation and deletion
 */
public record LiveUpdateSettings(
    String defaultChannel,
    DeliveryRules rules,
    SortedMap<String, ChannelSettings> channels,
    long sequence) {
  /** What an app has of which nothing was said. */
  public static final LiveUpdateSettings DEFAULTS =
      new LiveUpdateSettings(
          Release.Builder.DEFAULT_CHANNEL, DeliveryRules.NONE, new TreeMap<>(), 0);

  /** The most channels of one app of which something can be said. */
  public static final int MAX_CHANNELS = 256;

  /**
   * Checks and copies.
   *
   * @throws InvalidReleaseException if a channel has no valid name, there are too many, or no
   *     native version can meet the rules
   */
  public LiveUpdateSettings {
    ReleaseRules.checkChannel(defaultChannel);
    requireNonNull(rules, "rules");
    rules.checkLimits();
    channels.keySet().forEach(ReleaseRules::checkChannel);
    if (channels.size() > MAX_CHANNELS) {
      throw InvalidReleaseException.of(
          "channels", "must have at most " + MAX_CHANNELS + " elements");
    }
    if (sequence < 0) {
      throw InvalidReleaseException.of("sequence", "must not be negative");
    }
    channels = unmodifiableSortedMap(new TreeMap<>(channels));
  }

  /** What was said of a channel; empty if nothing was. The default channel is public. */
  public Optional<ChannelSettings> channel(String name) {
    Optional<ChannelSettings> said = Optional.ofNullable(channels.get(name));
    return name.equals(defaultChannel) ? said.or(() -> Optional.of(ChannelSettings.PUBLIC)) : said;
  }

  /**
   * Whether a device may name a channel that it was not given to. The default channel may always be
   * named, whatever was said of it: it is that of devices that name none.
   *
   * @param unsaid what holds if nothing was said of the channel
   */
  public boolean canBeNamed(String name, UnsaidChannels unsaid) {
    return name.equals(defaultChannel)
        || Optional.ofNullable(channels.get(name))
            .map(ChannelSettings::canBeNamed)
            .orElse(unsaid == UnsaidChannels.OPEN);
  }

  /** The rules that hold for a release, none of them open but the versions and platforms. */
  public DeliveryRules rulesFor(Release release) {
    DeliveryRules ofRelease = release.rules();
    return channel(release.channel())
        .map(channel -> ofRelease.orElse(channel.rules()))
        .orElse(ofRelease)
        .orElse(rules)
        .orElse(DeliveryRules.DEFAULTS);
  }

  /** These settings with another default channel. */
  public LiveUpdateSettings withDefaultChannel(String name) {
    return new LiveUpdateSettings(name, rules, channels, sequence);
  }

  /** These settings with other rules. */
  public LiveUpdateSettings withRules(DeliveryRules newRules) {
    return new LiveUpdateSettings(defaultChannel, newRules, channels, sequence);
  }

  /** These settings with a channel as it is said here. */
  public LiveUpdateSettings withChannel(String name, ChannelSettings settings) {
    SortedMap<String, ChannelSettings> changed = new TreeMap<>(channels);
    changed.put(name, settings);
    return new LiveUpdateSettings(defaultChannel, rules, changed, sequence);
  }

  /** These settings without what was said of a channel. */
  public LiveUpdateSettings withoutChannel(String name) {
    SortedMap<String, ChannelSettings> changed = new TreeMap<>(channels);
    changed.remove(name);
    return new LiveUpdateSettings(defaultChannel, rules, changed, sequence);
  }

  /** These settings after the next place in the order of uploads was given away. */
  public LiveUpdateSettings nextSequence() {
    return new LiveUpdateSettings(defaultChannel, rules, channels, sequence + 1);
  }
}
