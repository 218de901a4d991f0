package dev.hotupdater.s3.database;

import dev.hotupdater.s3.database.FactObjects.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Merges large objects with assignments when at least half of those are superseded. To know, it has
 * to read them, which it does when there are twice as many as there were left the last time. For
 * one thread at a time.
 */
final class AssignmentCompaction {
  private static final int MAX_SOURCES = 100;
  private static final Set<FactKind> ASSIGNMENTS = Set.of(FactKind.ASSIGNMENT);

  private final FactObjects objects;
  private final FactLimits limits;
  private int left = 1;

  AssignmentCompaction(FactObjects objects, FactLimits limits) {
    this.objects = objects;
    this.limits = limits;
  }

  /** Merges those among these objects, if it is worth it. */
  void merge(List<Listed> old) {
    List<FactName> large =
        old.stream()
            .map(Listed::name)
            .filter(name -> name.kinds().equals(ASSIGNMENTS) && !limits.isSmall(name.facts()))
            .filter(name -> !objects.isUnreadable(name))
            .toList();
    left = Math.max(1, Math.min(left, large.size()));
    if (large.size() >= 2 * left) {
      List<FactName> first = large.subList(0, Math.min(large.size(), MAX_SOURCES));
      Optional<FactReplacement> read = FactReplacement.read(objects, first);
      read.ifPresent(some -> left = large.size() - some.sources().size() + merge(some));
    }
  }

  /** Returns how many objects they are then. */
  private int merge(FactReplacement read) {
    int before = read.sources().stream().mapToInt(FactName::facts).sum();
    List<RecordedFact> assignments = read.merge().assignments();
    if (before == 0 || 2L * assignments.size() > before) {
      return read.sources().size();
    }
    List<List<RecordedFact>> parts = new ArrayList<>();
    for (int from = 0; from < assignments.size(); from += limits.factsOfAnObject()) {
      int to = Math.min(from + limits.factsOfAnObject(), assignments.size());
      parts.add(assignments.subList(from, to));
    }
    read.with(parts);
    return parts.size();
  }
}
