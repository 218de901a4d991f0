package dev.hotupdater.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Together;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CopyPermitsTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void copies_areFourAtATime() {
    CopyPermits permits = new CopyPermits(LONG);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Together.call(
        12,
        () ->
            permits.call(
                List.of(),
                () -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  Thread.onSpinWait();
                  return running.decrementAndGet();
                }));
    assertTrue(most.get() <= 4, most.toString());
    assertEquals(0, running.get());
  }

  @Test
  void copyWhoseTurnDoesNotCome_isUnavailable_andLaterItIsNot() {
    CopyPermits permits = new CopyPermits(SHORT);
    Supplier<String> fifth = () -> permits.call(List.of(), () -> "fifth");
    Supplier<String> nested = fifth;
    for (int each = 0; each < 4; each++) {
      Supplier<String> inner = nested;
      nested = () -> permits.call(List.of(), inner);
    }
    assertThrows(StorageUnavailableException.class, nested::get);
    assertEquals("fifth", fifth.get());
  }

  @Test
  void completionThatAnotherHoldsUp_isUnavailable_andOtherArtifactsAreNot() {
    OneAtATime oneAtATime = new OneAtATime(SHORT);
    ReleaseId artifact = ReleaseId.random();
    oneAtATime.call(
        artifact,
        () -> {
          assertThrows(
              StorageUnavailableException.class, () -> oneAtATime.call(artifact, () -> "second"));
          return oneAtATime.call(ReleaseId.random(), () -> "other");
        });
    assertEquals("third", oneAtATime.call(artifact, () -> "third"));
  }
}
