package dev.hotupdater.s3.database;

import dev.hotupdater.s3.database.RecordedFact.Given;
import dev.hotupdater.s3.database.RecordedFact.Told;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What facts come to: of each event the one that was recorded first, and of each device the channel
 * that it was given to last. For one thread.
 */
final class FactMerge {
  private final Map<String, RecordedFact> events = new LinkedHashMap<>();
  private final LatestChannels channels = new LatestChannels();

  void add(RecordedFact fact) {
    if (fact instanceof Told told) {
      events.merge(told.event().id(), told, FactMerge::earlier);
    } else if (fact instanceof Given given) {
      channels.add(given);
    }
  }

  private static RecordedFact earlier(RecordedFact some, RecordedFact other) {
    return other.millis() < some.millis() ? other : some;
  }

  /** Failures and assignments, which are read more often than the rest. */
  List<RecordedFact> changes() {
    List<RecordedFact> facts = new ArrayList<>(channels.all());
    events.values().stream()
        .filter(fact -> FactKind.CHANGES.contains(fact.kind()))
        .forEach(facts::add);
    return facts;
  }

  /** All others. */
  List<RecordedFact> rest() {
    return events.values().stream()
        .filter(fact -> !FactKind.CHANGES.contains(fact.kind()))
        .toList();
  }
}
