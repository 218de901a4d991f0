package dev.hotupdater.s3.database;

import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import dev.hotupdater.s3.database.EventIds.EventId;
import dev.hotupdater.s3.database.RecordedFact.Told;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts events, each once, however often it is kept. To tell them from each other in bounded
 * memory, everything is read several times if there are many, and a part of them counted each time.
 */
final class OutcomeCounting {
  private final FactObjects objects;
  private final FactLimits limits;

  OutcomeCounting(FactObjects objects, FactLimits limits) {
    this.objects = objects;
    this.limits = limits;
  }

  List<OutcomeCount> counts(AppId app) {
    long all =
        objects.list("").stream()
            .filter(object -> object.name().hasAny(FactKind.EVENTS))
            .mapToLong(object -> object.name().facts())
            .sum();
    int parts = Math.toIntExact(1 + all / limits.idsInMemory());
    Map<OutcomeCount, Long> counts = new HashMap<>();
    for (int part = 0; part < parts; part++) {
      count(app, part, parts, counts);
    }
    return counts.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue())).toList();
  }

  private void count(AppId app, int part, int parts, Map<OutcomeCount, Long> counts) {
    EventIds seen = new EventIds();
    FactCursor cursor = FactCursor.all(objects, name -> name.hasAny(FactKind.EVENTS));
    while (cursor.hasNext()) {
      for (RecordedFact fact : cursor.next().facts()) {
        if (fact instanceof Told told && told.event().app().equals(app)) {
          EventId id = EventId.of(told.event());
          if (id.isInPart(part, parts) && seen.add(id)) {
            counts.merge(none(told.event()), 1L, Long::sum);
          }
        }
      }
    }
  }

  private static OutcomeCount none(DeviceEvent event) {
    return new OutcomeCount(event.channel(), event.release(), event.version(), event.outcome(), 0);
  }

  private static OutcomeCount of(OutcomeCount none, long devices) {
    return new OutcomeCount(
        none.channel(), none.release(), none.version(), none.outcome(), devices);
  }
}
