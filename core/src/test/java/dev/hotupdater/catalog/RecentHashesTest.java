package dev.hotupdater.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecentHashesTest {
  private final RecentHashes hashes = new RecentHashes();

  @Test
  void age_letsTheOlderGenerationGo() {
    hashes.add(1);
    assertEquals(0, hashes.age());
    hashes.add(2);
    hashes.add(3);
    assertTrue(hashes.contains(1));
    assertEquals(3, hashes.size());
    assertEquals(2, hashes.newerSize());

    assertEquals(1, hashes.age());

    assertFalse(hashes.contains(1));
    assertTrue(hashes.contains(2));
    assertTrue(hashes.contains(3));
    assertEquals(2, hashes.size());
    assertEquals(2, hashes.age());
    assertEquals(0, hashes.size());
  }
}
