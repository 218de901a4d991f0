package dev.hotupdater.s3.database;

import dev.hotupdater.device.DeviceEvent;
import java.util.HexFormat;

/** A set of the ids of events, in 32 to 64 bytes for each. For one thread. */
final class EventIds {
  private static final int FIRST_SLOTS = 1024;
  private static final int DIGITS_OF_HALF = 16;

  /** The two halves of each id; zeros where there is none. */
  private long[] halves = new long[2 * FIRST_SLOTS];

  private int size;

  /**
   * An id.
   *
   * @param high its first 8 bytes
   * @param low its last 8 bytes
   */
  record EventId(long high, long low) {
    static EventId of(DeviceEvent event) {
      String id = event.id();
      return new EventId(
          HexFormat.fromHexDigitsToLong(id, 0, DIGITS_OF_HALF),
          HexFormat.fromHexDigitsToLong(id, DIGITS_OF_HALF, 2 * DIGITS_OF_HALF));
    }

    /** Of how many parts of all ids it is in this one. */
    boolean isInPart(int part, int parts) {
      return Long.remainderUnsigned(high, parts) == part;
    }
  }

  int size() {
    return size;
  }

  boolean contains(EventId id) {
    int slot = slot(id);
    return !isFree(slot);
  }

  /** Adds an id, unless it is there. */
  boolean add(EventId id) {
    int slot = slot(id);
    if (!isFree(slot)) {
      return false;
    }
    halves[slot] = id.high();
    halves[slot + 1] = id.low();
    size++;
    if (4L * size > halves.length) {
      grow();
    }
    return true;
  }

  /** Where this id is, or belongs. */
  private int slot(EventId id) {
    int slots = halves.length / 2;
    int slot = (int) Long.remainderUnsigned(id.low(), slots);
    while (!isFree(2 * slot)
        && (halves[2 * slot] != id.high() || halves[2 * slot + 1] != id.low())) {
      slot = (slot + 1) % slots;
    }
    return 2 * slot;
  }

  /** No id is all zeros: it is a hash. */
  private boolean isFree(int slot) {
    return halves[slot] == 0 && halves[slot + 1] == 0;
  }

  private void grow() {
    long[] before = halves;
    halves = new long[2 * before.length];
    for (int i = 0; i < before.length; i += 2) {
      if (before[i] != 0 || before[i + 1] != 0) {
        int slot = slot(new EventId(before[i], before[i + 1]));
        halves[slot] = before[i];
        halves[slot + 1] = before[i + 1];
      }
    }
  }
}
