package dev.hotupdater.bundle;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The bundles that run on one native build, greatest id first. It remembers which of them each
 * cohort is offered, so that a long row of bundles which are rolled out to few devices is searched
 * once for each cohort and not for each device. What it remembers is bounded by the number of
 * numeric cohorts and of cohorts that its bundles target. Safe for use by many threads; its content
 * never changes.
 */
public final class CandidateList {
  /** The list of no candidate. */
  public static final CandidateList EMPTY = new CandidateList(new Candidate[0]);

  private static final int NOT_SEARCHED = 0;

  private final Candidate[] candidates;

  // What is remembered is written without locks: two threads that search at the same time find the
  // same. Both arrays hold positions counted from 1; 0 is what a new array holds.
  private int @Nullable [] firstOfNumeric;
  private @Nullable Map<Cohort, Integer> firstTargeting;
  private int firstOfNoCohort;

  private CandidateList(Candidate[] candidates) {
    this.candidates = candidates;
  }

  /** The list of these candidates, which may be in any order. */
  public static CandidateList of(Collection<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return EMPTY;
    }
    Candidate[] sorted = candidates.toArray(new Candidate[0]);
    Arrays.sort(sorted, Comparator.comparing(Candidate::id).reversed());
    return new CandidateList(sorted);
  }

  /** How many there are. */
  public int size() {
    return candidates.length;
  }

  Candidate get(int index) {
    return candidates[index];
  }

  /**
   * The index of the greatest candidate that a device of this cohort is offered, or {@link #size}
   * if there is none. Allocates nothing once it has been asked for the cohort.
   */
  int firstEligible(Optional<Cohort> cohort) {
    if (candidates.length == 0 || candidates[0].isEligible(cohort)) {
      return 0;
    }
    if (cohort.isEmpty()) {
      if (firstOfNoCohort == NOT_SEARCHED) {
        firstOfNoCohort = search(cohort) + 1;
      }
      return firstOfNoCohort - 1;
    }
    OptionalInt number = cohort.get().number();
    return number.isPresent()
        ? firstOfNumeric(number.getAsInt(), cohort)
        : firstTargeting(cohort.get());
  }

  private int firstOfNumeric(int number, Optional<Cohort> cohort) {
    int[] known = firstOfNumeric;
    if (known == null) {
      known = new int[Cohort.NUMERIC_COHORTS + 1];
      firstOfNumeric = known;
    }
    int first = known[number];
    if (first == NOT_SEARCHED) {
      first = search(cohort) + 1;
      known[number] = first;
    }
    return first - 1;
  }

  /** A cohort with a name is offered what targets it and nothing else. */
  private int firstTargeting(Cohort cohort) {
    Map<Cohort, Integer> known = firstTargeting;
    if (known == null) {
      Map<Cohort, Integer> found = new HashMap<>();
      for (int i = 0; i < candidates.length; i++) {
        int index = i;
        candidates[i]
            .bundle()
            .targetCohorts()
            .ifPresent(targets -> targets.forEach(target -> found.putIfAbsent(target, index)));
      }
      known = Map.copyOf(found);
      firstTargeting = known;
    }
    Integer first = known.get(cohort);
    return first == null ? candidates.length : first;
  }

  private int search(Optional<Cohort> cohort) {
    int index = 0;
    while (index < candidates.length && !candidates[index].isEligible(cohort)) {
      index++;
    }
    return index;
  }

  /** The index of the greatest candidate with a smaller id, or {@link #size} if there is none. */
  int firstBelow(BundleId id) {
    int low = 0;
    int high = candidates.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (candidates[middle].id().compareTo(id) < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
