package dev.hotupdater.catalog;

import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.release.AppId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What decisions know of devices, as compact as it can be. One thread at a time may take something
 * in; any may ask meanwhile.
 *
 * <p>Failures are known by 64 bits of a hash. With a million of them, a version that has not failed
 * on a device is taken for one that has once in 18 million million checks (2^64 / 10^6); that
 * device then keeps what it runs. Assignments are known by 128 bits, since taking one device for
 * another would give it a channel.
 *
 * <p>What has no room is not taken in, and the first ones stay: a device whose failure is not known
 * may be offered the version again and goes back from it again by itself; a device whose assignment
 * is not known gets what its app asks for. Neither gets anything that is not published for it.
 */
final class DeviceFacts {
  private final FactHash hash;
  private FactBudget failureBudget;
  private FactBudget assignmentBudget;
  private final LongSet failures = new LongSet();
  private final Map<FactKey, String> channels = new ConcurrentHashMap<>();
  // One instance of each name, however many devices are given to it.
  private final Map<String, String> names = new ConcurrentHashMap<>();

  DeviceFacts(FactHash hash, FactBudget failureBudget, FactBudget assignmentBudget) {
    this.hash = hash;
    this.failureBudget = failureBudget;
    this.assignmentBudget = assignmentBudget;
  }

  /** Those that will be read anew in place of these. */
  DeviceFacts replacement() {
    return new DeviceFacts(
        hash,
        failureBudget.forReplacementOf(failures.size()),
        assignmentBudget.forReplacementOf(channels.size()));
  }

  boolean hasFailed(DeviceFact.Failure failure) {
    return failures.size() > 0 && failures.contains(hash.of(failure).high());
  }

  Optional<String> channel(AppId app, DeviceKey key) {
    return channels.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(channels.get(hash.of(app, key)));
  }

  void takeIn(DeviceFact fact) {
    if (fact instanceof DeviceFact.Failure failure) {
      takeInFailure(hash.of(failure));
    } else if (fact instanceof ChannelAssignment assignment) {
      takeInChannel(hash.of(assignment), assignment.channel());
    }
  }

  private void takeInFailure(FactKey key) {
    if (!failures.contains(key.high()) && failureBudget.tryTake()) {
      failures.add(key.high());
    }
  }

  private void takeInChannel(FactKey key, Optional<String> channel) {
    if (channel.isEmpty()) {
      if (channels.remove(key) != null) {
        assignmentBudget.add(-1);
      }
    } else if (channels.containsKey(key) || assignmentBudget.tryTake()) {
      channels.put(key, names.computeIfAbsent(channel.get(), name -> name));
    }
  }

  /** Counts these in place of the ones that they were read anew for. */
  void replace(DeviceFacts old) {
    old.failureBudget.add(failures.size() - old.failures.size());
    old.assignmentBudget.add(channels.size() - old.channels.size());
    failureBudget = old.failureBudget;
    assignmentBudget = old.assignmentBudget;
  }

  /** Gives their room back. Whoever still uses them may go on for a while. */
  void detach() {
    failureBudget = detached(failureBudget, failures.size());
    assignmentBudget = detached(assignmentBudget, channels.size());
  }

  private static FactBudget detached(FactBudget budget, int count) {
    FactBudget own = budget.forReplacementOf(count);
    budget.add(-count);
    return own;
  }
}
