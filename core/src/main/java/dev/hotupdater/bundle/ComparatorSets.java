package dev.hotupdater.bundle;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A compiled range: sets of comparators, of which one set must hold completely. Immutable.
 *
 * <p>Everything is in one array, so that a match reads memory in order and allocates nothing: for
 * each set the index behind its end, then four numbers for each comparator (the operator's ordinal,
 * major, minor, patch).
 */
final class ComparatorSets {
  private static final int COMPARATOR_SIZE = 4;
  private static final RangeOperator[] OPERATORS = RangeOperator.values();

  private final long[] sets;

  private ComparatorSets(long[] sets) {
    this.sets = sets;
  }

  boolean match(AppVersion version) {
    int set = 0;
    while (set < sets.length) {
      int end = (int) sets[set];
      if (setMatches(set + 1, end, version)) {
        return true;
      }
      set = end;
    }
    return false;
  }

  /** The versions that the comparators compare with. */
  Stream<VersionPoint> points() {
    Stream.Builder<VersionPoint> points = Stream.builder();
    int set = 0;
    while (set < sets.length) {
      int end = (int) sets[set];
      for (int at = set + 1; at < end; at += COMPARATOR_SIZE) {
        points.add(new VersionPoint(sets[at + 1], sets[at + 2], sets[at + 3]));
      }
      set = end;
    }
    return points.build();
  }

  private boolean setMatches(int start, int end, AppVersion version) {
    for (int at = start; at < end; at += COMPARATOR_SIZE) {
      int comparison = version.compareTo(sets[at + 1], sets[at + 2], sets[at + 3]);
      if (!OPERATORS[(int) sets[at]].accepts(comparison)) {
        return false;
      }
    }
    return true;
  }

  /** Collects the comparators of one set after the other. A set without any matches everything. */
  static final class Builder {
    private long[] sets = new long[1 + 2 * COMPARATOR_SIZE];
    private int size;
    private int currentSet;

    void startSet() {
      ensureRoom(1);
      currentSet = size++;
      sets[currentSet] = size;
    }

    void add(RangeOperator operator, long major, long minor, long patch) {
      ensureRoom(COMPARATOR_SIZE);
      sets[size++] = operator.ordinal();
      sets[size++] = major;
      sets[size++] = minor;
      sets[size++] = patch;
      sets[currentSet] = size;
    }

    private void ensureRoom(int more) {
      if (size + more > sets.length) {
        sets = Arrays.copyOf(sets, 2 * sets.length);
      }
    }

    ComparatorSets build() {
      return new ComparatorSets(Arrays.copyOf(sets, size));
    }
  }
}
