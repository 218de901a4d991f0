package dev.hotupdater.internal;

import static dev.hotupdater.internal.CacheFixture.MAX_WEIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Seed;
import dev.hotupdater.fixture.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How the memory that values take stays within its bound. */
class LoadingCacheEvictionTest {
  private static final int HEAVIEST = 50;

  private final CacheFixture fixture = new CacheFixture();
  private final LoadingCache<String, String> cache = fixture.cache();

  @Test
  void randomInserts_weightStaysBounded_andIsThatOfTheValues() {
    Random random = Seed.random(LoadingCacheEvictionTest.class);
    for (int i = 0; i < 20_000; i++) {
      cache.get("key" + random.nextInt(500), fixture.permanent("value", random.nextInt(HEAVIEST)));
      assertTrue(cache.weight() <= MAX_WEIGHT, "weight " + cache.weight());
    }

    assertTrue(cache.weight() > MAX_WEIGHT / 2, "more was evicted than necessary");
    cache.dropIf(key -> true);
    assertEquals(0, cache.weight());
  }

  @Test
  void insertsOfManyThreads_weightIsWithinItsBoundAfterwards() {
    Together.call(
        8,
        number ->
            () -> {
              for (int i = 0; i < 5_000; i++) {
                cache.get(number + "-" + i, fixture.permanent("value", HEAVIEST));
              }
              return true;
            });

    // While one thread makes room the others go on; the next that loads sees to what is left.
    cache.get("last", fixture.permanent("value", HEAVIEST));
    assertTrue(cache.weight() <= MAX_WEIGHT, "weight " + cache.weight());
    cache.dropIf(key -> true);
    assertEquals(0, cache.weight());
  }

  @Test
  void valuesInUse_surviveWhileOthersMakeRoom() {
    fill("other", 90);
    useHotValues();
    // Makes room once, so that from now on it is known what has been used since.
    fill("first", 20);
    useHotValues();
    int before = fixture.loads.get();

    fill("second", 12);
    useHotValues();

    assertEquals(before + 12, fixture.loads.get(), "a value in use was evicted");
  }

  private void fill(String name, int count) {
    for (int i = 0; i < count; i++) {
      cache.get(name + i, fixture.permanent("value", MAX_WEIGHT / 100));
      useHotValues();
    }
  }

  private void useHotValues() {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      values.add(cache.get("hot" + i, fixture.permanent("hot", MAX_WEIGHT / 100)));
    }
    assertEquals(List.of("hot", "hot", "hot", "hot", "hot"), values);
  }

  @Test
  void valueHeavierThanHalfTheBound_isReturnedAndNotKept() {
    cache.get("light", fixture.permanent("light", 1));

    assertEquals("first", cache.get("heavy", fixture.permanent("first", MAX_WEIGHT / 2 + 1)));
    assertEquals("second", cache.get("heavy", fixture.permanent("second", MAX_WEIGHT / 2 + 1)));

    assertEquals(1, cache.weight());
    assertEquals("light", cache.get("light", fixture.permanent("other", 1)));
  }

  @Test
  void valueOfHalfTheBound_isKept() {
    cache.get("heavy", fixture.permanent("first", MAX_WEIGHT / 2));

    assertEquals("first", cache.get("heavy", fixture.permanent("second", MAX_WEIGHT / 2)));
  }
}
