package dev.hotupdater.s3.database;

import dev.hotupdater.s3.database.RecordedFact.Given;
import dev.hotupdater.s3.database.RecordedFact.Told;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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

  /** The last assignments. */
  List<RecordedFact> assignments() {
    return List.copyOf(channels.all());
  }

  /**
   * All facts, in the objects that they are kept in: failures and assignments apart from the rest,
   * as they are read more often; and apart from each other as soon as they are no small object, as
   * assignments are superseded.
   */
  List<List<RecordedFact>> objects(FactLimits limits) {
    List<RecordedFact> failures = events(FactKind.CHANGES::contains);
    List<RecordedFact> changes = new ArrayList<>(assignments());
    changes.addAll(failures);
    List<RecordedFact> rest = events(kind -> !FactKind.CHANGES.contains(kind));
    List<List<RecordedFact>> all =
        limits.isSmall(changes.size())
            ? List.of(changes, rest)
            : List.of(assignments(), failures, rest);
    return all.stream().filter(facts -> !facts.isEmpty()).toList();
  }

  private List<RecordedFact> events(Predicate<FactKind> wanted) {
    return events.values().stream().filter(fact -> wanted.test(fact.kind())).toList();
  }
}
