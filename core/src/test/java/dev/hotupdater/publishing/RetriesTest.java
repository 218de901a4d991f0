package dev.hotupdater.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.release.ReleaseId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private final ReleaseId id = ReleaseId.random();
  private final Retries retries = new Retries();

  @Test
  void failures_areTriedAgainLessAndLessOften() {
    List<Integer> tried = new ArrayList<>();
    for (int round = 1; round <= 600; round++) {
      retries.beginRound(List.of(id));
      if (retries.isDue(id)) {
        tried.add(round);
        assertEquals(tried.size() == 1, retries.failed(id));
      }
    }
    assertEquals(List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 384, 512), tried);
  }

  @Test
  void success_forgetsTheFailures() {
    retries.beginRound(List.of(id));
    assertTrue(retries.failed(id));
    retries.succeeded(id);
    assertTrue(retries.isDue(id));
    assertTrue(retries.failed(id));
  }

  @Test
  void whatIsGone_isForgotten() {
    retries.beginRound(List.of(id));
    retries.failed(id);
    assertFalse(retries.isDue(id));
    retries.beginRound(List.of());
    assertTrue(retries.isDue(id));
  }
}
