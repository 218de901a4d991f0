package dev.hotupdater.s3.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.s3.database.EventIds.EventId;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventIdsTest {
  @Test
  void randomIds_areKeptAsASetKeepsThem() {
    long seed = System.nanoTime();
    System.out.println("Random ids of events, seed " + seed);
    Random random = new Random(seed);
    EventIds ids = new EventIds();
    Set<EventId> expected = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      // Few low halves, so that many begin at the same place.
      EventId id = new EventId(random.nextLong(100), 1 + random.nextLong(32));
      assertEquals(expected.contains(id), ids.contains(id));
      assertEquals(expected.add(id), ids.add(id));
    }
    assertEquals(expected.size(), ids.size());
    assertTrue(expected.stream().allMatch(ids::contains));
  }

  @Test
  void idOfAnEvent_isInOnePartOfAll() {
    EventId id = EventId.of(DeviceSamples.event(1, DeviceOutcome.FAILED));

    assertEquals(id, EventId.of(DeviceSamples.event(1, DeviceOutcome.FAILED)));
    assertFalse(id.equals(EventId.of(DeviceSamples.event(2, DeviceOutcome.FAILED))));
    int found = 0;
    for (int part = 0; part < 7; part++) {
      found += id.isInPart(part, 7) ? 1 : 0;
    }
    assertEquals(1, found);
    assertTrue(id.isInPart(0, 1));
  }
}
