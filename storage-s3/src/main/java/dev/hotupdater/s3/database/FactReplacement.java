package dev.hotupdater.s3.database;

import dev.hotupdater.s3.database.MetadataBucket.Fetched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Objects that were read to be replaced by what they come to. For one thread. */
final class FactReplacement {
  private static final int READ_AT_ONCE = 8;

  private final FactObjects objects;
  private final List<FactName> sources = new ArrayList<>();
  private final FactMerge merge = new FactMerge();

  private FactReplacement(FactObjects objects) {
    this.objects = objects;
  }

  /**
   * Reads objects, without those that cannot be read. Empty if one is gone: another server is
   * replacing the same ones then.
   *
   * @param names their names, in their order
   */
  static Optional<FactReplacement> read(FactObjects objects, List<FactName> names) {
    FactReplacement replacement = new FactReplacement(objects);
    for (int i = 0; i < names.size(); i += READ_AT_ONCE) {
      List<FactName> some = names.subList(i, Math.min(i + READ_AT_ONCE, names.size()));
      List<Fetched> fetched = ParallelRequests.map(some, objects::fetch);
      for (int j = 0; j < some.size(); j++) {
        if (fetched.get(j) instanceof Fetched.Missing) {
          return Optional.empty();
        }
        replacement.add(some.get(j), fetched.get(j));
      }
    }
    return Optional.of(replacement);
  }

  private void add(FactName name, Fetched fetched) {
    objects
        .facts(name, fetched)
        .ifPresent(
            facts -> {
              facts.forEach(merge::add);
              sources.add(name);
            });
  }

  /** Those that could be read. */
  List<FactName> sources() {
    return sources;
  }

  /** What they come to. */
  FactMerge merge() {
    return merge;
  }

  /** Writes these objects in place of those that were read, of which there is at least one. */
  void with(List<List<RecordedFact>> replacements) {
    FactName last = sources.get(sources.size() - 1);
    Set<FactName> written =
        replacements.stream()
            .map(facts -> objects.writeBehind(last, facts))
            .collect(Collectors.toSet());
    // At the end of all time, one is behind itself.
    ParallelRequests.map(
        sources.stream().filter(name -> !written.contains(name)).toList(), this::delete);
  }

  private FactName delete(FactName name) {
    objects.delete(name);
    return name;
  }
}
