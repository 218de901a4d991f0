package dev.hotupdater.catalog;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Candidate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;

/**
 * Candidates by id, greatest first. Immutable; the next state is a copy, made in one pass, and what
 * is built from it need not be sorted again.
 */
final class SortedCandidates extends AbstractList<Candidate> implements RandomAccess {
  static final SortedCandidates EMPTY = new SortedCandidates(new Candidate[0]);

  private static final Comparator<Candidate> GREATEST_ID_FIRST =
      Comparator.comparing(SortedCandidates::id, Comparator.reverseOrder());

  private final Candidate[] candidates;

  private SortedCandidates(Candidate[] candidates) {
    this.candidates = candidates;
  }

  @Override
  public Candidate get(int index) {
    return candidates[index];
  }

  @Override
  public int size() {
    return candidates.length;
  }

  Optional<Candidate> find(BundleId id) {
    int low = 0;
    int high = candidates.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = id.compareTo(id(candidates[middle]));
      if (order == 0) {
        return Optional.of(candidates[middle]);
      }
      if (order > 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return Optional.empty();
  }

  /**
   * These candidates after a change.
   *
   * @param removed the ids of those that are gone
   * @param put those that are new, or take the place of the one with the same id
   */
  SortedCandidates with(Set<BundleId> removed, Collection<Candidate> put) {
    Candidate[] added = put.toArray(new Candidate[0]);
    Arrays.sort(added, GREATEST_ID_FIRST);
    List<Candidate> next = new ArrayList<>(candidates.length + added.length);
    int at = 0;
    for (Candidate candidate : candidates) {
      while (at < added.length && GREATEST_ID_FIRST.compare(added[at], candidate) < 0) {
        next.add(added[at++]);
      }
      if (at < added.length && id(added[at]).equals(id(candidate))) {
        next.add(added[at++]);
      } else if (!removed.contains(id(candidate))) {
        next.add(candidate);
      }
    }
    Collections.addAll(next, Arrays.copyOfRange(added, at, added.length));
    return new SortedCandidates(next.toArray(new Candidate[0]));
  }

  private static BundleId id(Candidate candidate) {
    return candidate.bundle().id();
  }
}
