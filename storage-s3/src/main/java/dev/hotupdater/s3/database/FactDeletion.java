package dev.hotupdater.s3.database;

import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.s3.database.EventIds.EventId;
import dev.hotupdater.s3.database.FactCursor.FactObject;
import dev.hotupdater.s3.database.RecordedFact.Told;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes old events. An object that has other facts, too, is replaced by one with those. If an
 * event is in several objects, because it was told again or merged by two servers, it is deleted
 * from all. One that another server merges meanwhile may be there again, until the next time.
 */
final class FactDeletion {
  private final FactObjects objects;

  FactDeletion(FactObjects objects) {
    this.objects = objects;
  }

  /** Returns how many events were deleted. */
  int deleteBefore(Instant moment, Set<DeviceOutcome> outcomes, int limit) {
    Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
    outcomes.forEach(outcome -> kinds.add(FactKind.of(outcome)));
    EventIds ids = find(moment, kinds, limit);
    if (ids.size() > 0) {
      FactCursor cursor = FactCursor.all(objects, name -> name.hasAny(kinds));
      cursor.forEachRemaining(object -> remove(ids, object));
    }
    return ids.size();
  }

  private EventIds find(Instant moment, Set<FactKind> kinds, int limit) {
    long end = FactOrder.millis(moment);
    FactCursor cursor = FactCursor.all(objects, name -> name.first() <= end && name.hasAny(kinds));
    EventIds ids = new EventIds();
    while (ids.size() < limit && cursor.hasNext()) {
      for (RecordedFact fact : cursor.next().facts()) {
        if (ids.size() < limit
            && fact instanceof Told told
            && kinds.contains(told.kind())
            && told.recordedAt().isBefore(moment)) {
          ids.add(EventId.of(told.event()));
        }
      }
    }
    return ids;
  }

  private void remove(EventIds ids, FactObject object) {
    List<RecordedFact> others = object.facts().stream().filter(fact -> !isIn(ids, fact)).toList();
    if (others.size() == object.facts().size()) {
      return;
    }
    if (!others.isEmpty()) {
      // Behind the one that it replaces, so that readers on their way find it.
      objects.write(FactOrder.at(object.name().order().millis() + 1), others);
    }
    objects.delete(object.name());
  }

  private static boolean isIn(EventIds ids, RecordedFact fact) {
    return fact instanceof Told told && ids.contains(EventId.of(told.event()));
  }
}
