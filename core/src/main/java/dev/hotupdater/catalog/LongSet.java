package dev.hotupdater.catalog;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A set of hashes in 16 to 32 bytes each, that only grows: a table with open addressing and linear
 * probing, at most half full. One thread at a time may add; any may ask meanwhile.
 */
final class LongSet {
  private static final int SMALLEST = 64;
  private static final long EMPTY = 0;

  private volatile AtomicLongArray table = new AtomicLongArray(SMALLEST);
  private volatile int size;

  boolean contains(long hash) {
    AtomicLongArray current = table;
    return current.get(place(current, stored(hash))) != EMPTY;
  }

  /** Whether it was not there. */
  boolean add(long hash) {
    AtomicLongArray current = table;
    long value = stored(hash);
    int place = place(current, value);
    if (current.get(place) != EMPTY) {
      return false;
    }
    current.set(place, value);
    int added = size + 1;
    size = added;
    if (added > current.length() / 2) {
      table = doubled(current);
    }
    return true;
  }

  int size() {
    return size;
  }

  /** An empty place says that there is nothing, so the hash of that value shares another's. */
  private static long stored(long hash) {
    return hash == EMPTY ? 1 : hash;
  }

  /** Where the value is, or else would be. */
  private static int place(AtomicLongArray table, long value) {
    // Every bit of a good hash is as good as any other.
    int mask = table.length() - 1;
    int place = (int) value & mask;
    while (true) {
      long found = table.get(place);
      if (found == value || found == EMPTY) {
        return place;
      }
      place = (place + 1) & mask;
    }
  }

  private static AtomicLongArray doubled(AtomicLongArray old) {
    AtomicLongArray larger = new AtomicLongArray(old.length() * 2);
    for (int i = 0; i < old.length(); i++) {
      long value = old.get(i);
      if (value != EMPTY) {
        larger.setPlain(place(larger, value), value);
      }
    }
    return larger;
  }
}
