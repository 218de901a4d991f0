package dev.hotupdater.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Seed;
import dev.hotupdater.fixture.Together;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongSetTest {
  @Test
  void randomValues_areAsInAHashSet() {
    Random random = Seed.random(LongSetTest.class);
    LongSet set = new LongSet();
    Set<Long> expected = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      // Some come twice, and many share the end that their place is found by.
      long value = (random.nextInt(4) + 1L) << 40 | random.nextInt(20_000);
      assertEquals(expected.contains(value), set.contains(value));
      assertEquals(expected.add(value), set.add(value));
      assertTrue(set.contains(value));
    }
    assertEquals(expected.size(), set.size());
    expected.forEach(value -> assertTrue(set.contains(value)));
  }

  @Test
  void zero_canBeAdded() {
    LongSet set = new LongSet();
    assertFalse(set.contains(0));

    assertTrue(set.add(0));

    assertTrue(set.contains(0));
    assertFalse(set.add(0));
  }

  @Test
  void values_whileOthersAreAdded_stayThere() {
    LongSet set = new LongSet();
    assertTrue(set.add(42));

    List<Boolean> found =
        Together.call(
            3,
            thread ->
                () -> {
                  boolean always = true;
                  for (long i = 100; i < 20_000; i++) {
                    if (thread == 0) {
                      set.add(i);
                    }
                    always &= set.contains(42);
                  }
                  return always;
                });

    assertEquals(List.of(true, true, true), found);
  }
}
