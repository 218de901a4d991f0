package dev.hotupdater.s3.database;

import dev.hotupdater.device.DeviceOutcome;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Deletes old events. Where they are is looked for once for many calls: the objects that were found
 * are remembered, and looked for anew when they are used up. One whose events another server merges
 * meanwhile is found the next time. For one thread at a time.
 */
final class FactDeletion {
  private final FactObjects objects;
  private final FactLimits limits;

  private Expiry expiry = Expiry.of(Instant.EPOCH, Set.of());

  /** Objects with such events, each of which is in one of them alone. */
  private Deque<FactName> found = new ArrayDeque<>();

  FactDeletion(FactObjects objects, FactLimits limits) {
    this.objects = objects;
    this.limits = limits;
  }

  /** Returns how many events were deleted. */
  int deleteBefore(Instant moment, Set<DeviceOutcome> outcomes, int limit) {
    Expiry asked = Expiry.of(moment, outcomes);
    Deque<FactName> left = asked.equals(expiry) ? found : new ArrayDeque<>();
    expiry = asked;
    // After a failure half way, an event may be in two of them: they are looked for anew.
    found = new ArrayDeque<>();
    int deleted = deleteFrom(left, limit, limit);
    if (deleted < limit) {
      int enough = Math.max(limit, limits.idsInMemory());
      left.addAll(new ExpirySearch(objects, asked).find(enough));
      deleted += deleteFrom(left, limit - deleted, limit);
    }
    found = left;
    return deleted;
  }

  private int deleteFrom(Deque<FactName> left, int room, int limit) {
    int deleted = 0;
    while (deleted < room && !left.isEmpty()) {
      deleted += deleteFrom(left.remove(), room - deleted, limit, left);
    }
    return deleted;
  }

  /**
   * Deletes events of an object. If it has more than there is room for, it becomes objects of which
   * each is deleted whole by another call.
   */
  private int deleteFrom(FactName name, int room, int limit, Deque<FactName> left) {
    List<RecordedFact> facts = objects.facts(name, objects.fetch(name)).orElse(List.of());
    List<RecordedFact> old = facts.stream().filter(expiry::includes).toList();
    if (old.isEmpty()) {
      return 0;
    }
    int deleted = Math.min(room, old.size());
    for (int from = deleted; from < old.size(); from += limit) {
      int to = Math.min(from + limit, old.size());
      left.addFirst(objects.writeBehind(name, old.subList(from, to)));
    }
    objects.replace(name, facts.stream().filter(fact -> !expiry.includes(fact)).toList());
    return deleted;
  }
}
