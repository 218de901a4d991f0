package dev.hotupdater.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which channels devices are on, by the word of one side: operators, or the devices themselves. One
 * thread at a time may take something in; any may ask meanwhile.
 */
final class ChannelFacts {
  private FactBudget budget;
  private final Map<FactKey, String> channels = new ConcurrentHashMap<>();
  // One instance of each name, however many devices are on it.
  private final Map<String, String> names = new ConcurrentHashMap<>();

  ChannelFacts(FactBudget budget) {
    this.budget = budget;
  }

  /** Those that will be read anew in place of these. */
  ChannelFacts replacement() {
    return new ChannelFacts(budget.forReplacementOf(channels.size()));
  }

  boolean isEmpty() {
    return channels.isEmpty();
  }

  Optional<String> channel(FactKey key) {
    return Optional.ofNullable(channels.get(key));
  }

  void takeIn(FactKey key, Optional<String> channel) {
    if (channel.isEmpty()) {
      if (channels.remove(key) != null) {
        budget.add(-1);
      }
    } else if (channels.containsKey(key) || budget.tryTake()) {
      channels.put(key, names.computeIfAbsent(channel.get(), name -> name));
    }
  }

  /** Counts these in place of the ones that they were read anew for. */
  void replace(ChannelFacts old) {
    old.budget.add(channels.size() - old.channels.size());
    budget = old.budget;
  }

  /** Gives their room back. Whoever still uses them may go on for a while. */
  void detach() {
    budget = budget.detached(channels.size());
  }
}
