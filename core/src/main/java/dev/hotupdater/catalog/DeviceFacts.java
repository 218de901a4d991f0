package dev.hotupdater.catalog;

import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.release.AppId;
import java.util.Optional;

/**
 * What decisions know of devices, as compact as it can be. One thread at a time may take something
 * in; any may ask meanwhile.
 *
 * <p>Failures are known by 64 bits of a hash. With a million of them, a version that has not failed
 * on a device is taken for one that has once in 18 million million checks (2^64 / 10^6); that
 * device then keeps what it runs. Assignments are known by 128 bits, since taking one device for
 * another would give it a channel.
 *
 * <p>If there is no room for another failure, the older half of those known is let go, since it is
 * more likely of releases that nobody is offered any more. An assignment that has no room is not
 * taken in. A device whose failure is not known may be offered the version again and goes back from
 * it again by itself; a device whose assignment is not known gets what its app asks for. What
 * devices may cause in any number, failures and channels that they chose, has its own room, so that
 * it never keeps out what operators gave. No device gets anything that is not published for it.
 */
final class DeviceFacts {
  private final FactHash hash;
  private FactBudget failureBudget;
  private final RecentHashes failures = new RecentHashes();
  private final ChannelFacts given;
  private final ChannelFacts chosen;

  private DeviceFacts(
      FactHash hash, FactBudget failureBudget, ChannelFacts given, ChannelFacts chosen) {
    this.hash = hash;
    this.failureBudget = failureBudget;
    this.given = given;
    this.chosen = chosen;
  }

  /** No facts yet, which take their room from these budgets. */
  static DeviceFacts none(FactHash hash, FactBudgets budgets) {
    return new DeviceFacts(
        hash,
        budgets.failures(),
        new ChannelFacts(budgets.assignments()),
        new ChannelFacts(budgets.choices()));
  }

  /** Those that will be read anew in place of these. */
  DeviceFacts replacement() {
    return new DeviceFacts(
        hash,
        failureBudget.forReplacementOf(failures.size()),
        given.replacement(),
        chosen.replacement());
  }

  boolean hasFailed(DeviceFact.Failure failure) {
    return failures.size() > 0 && failures.contains(hash.of(failure).high());
  }

  Optional<String> channel(AppId app, DeviceKey key) {
    ChannelFacts channels = channels(key);
    return channels.isEmpty() ? Optional.empty() : channels.channel(hash.of(app, key));
  }

  private ChannelFacts channels(DeviceKey key) {
    return key.kind() == DeviceKey.Kind.SELF ? chosen : given;
  }

  void takeIn(DeviceFact fact) {
    if (fact instanceof DeviceFact.Failure failure) {
      takeInFailure(hash.of(failure).high());
    } else if (fact instanceof ChannelAssignment assignment) {
      channels(assignment.key()).takeIn(hash.of(assignment), assignment.channel());
    }
  }

  private void takeInFailure(long key) {
    if (!failures.contains(key) && hasRoomForFailure()) {
      failures.add(key);
    }
  }

  private boolean hasRoomForFailure() {
    if (failureBudget.tryTake()) {
      if (failures.newerSize() >= failureBudget.half()) {
        forgetOlderFailures();
      }
      return true;
    }
    forgetOlderFailures();
    if (failureBudget.tryTake()) {
      return true;
    }
    // The bound is reached by what other tenants know, and all that is known here is new.
    forgetOlderFailures();
    return failureBudget.tryTake();
  }

  private void forgetOlderFailures() {
    int gone = failures.age();
    if (gone > 0) {
      failureBudget.giveUp(gone);
    }
  }

  /** Counts these in place of the ones that they were read anew for. */
  void replace(DeviceFacts old) {
    old.failureBudget.add(failures.size() - old.failures.size());
    failureBudget = old.failureBudget;
    given.replace(old.given);
    chosen.replace(old.chosen);
  }

  /** Gives their room back. Whoever still uses them may go on for a while. */
  void detach() {
    failureBudget = failureBudget.detached(failures.size());
    given.detach();
    chosen.detach();
  }
}
