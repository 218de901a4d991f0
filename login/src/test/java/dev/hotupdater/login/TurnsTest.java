package dev.hotupdater.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void end() {
    mayEnd.countDown();
    threads.shutdownNow();
  }

  private Future<Integer> occupy(Turns turns) throws Exception {
    CountDownLatch hasBegun = new CountDownLatch(1);
    Future<Integer> result =
        threads.submit(
            () ->
                turns.take(
                    () -> {
                      hasBegun.countDown();
                      await(mayEnd);
                      return 1;
                    }));
    await(hasBegun);
    return result;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void take_turnThatDoesNotComeInTime_isRefused() throws Exception {
    Turns turns = new Turns(1, Duration.ZERO);
    Future<Integer> first = occupy(turns);

    assertThrows(DatabaseUnavailableException.class, () -> turns.take(() -> 2));

    mayEnd.countDown();
    assertEquals(1, first.get(30, TimeUnit.SECONDS));
    assertEquals(2, turns.take(() -> 2));
  }

  @Test
  void take_manyAtOnce_fewWorkSomeWaitTheRestIsRefusedAtOnce() throws Exception {
    Turns turns = new Turns(2, Duration.ofSeconds(60));
    List<Future<Integer>> accepted = new ArrayList<>(List.of(occupy(turns), occupy(turns)));
    AtomicInteger ofTheWaiting = new AtomicInteger();
    CountDownLatch refused = new CountDownLatch(12);
    for (int i = 0; i < 20; i++) {
      accepted.add(
          threads.submit(
              () -> {
                try {
                  return turns.take(ofTheWaiting::incrementAndGet);
                } catch (DatabaseUnavailableException e) {
                  refused.countDown();
                  return 0;
                }
              }));
    }
    // Ten have a place: two work and eight wait.
    await(refused);
    assertEquals(0, ofTheWaiting.get());

    mayEnd.countDown();
    for (Future<Integer> each : accepted) {
      each.get(30, TimeUnit.SECONDS);
    }
    assertEquals(8, ofTheWaiting.get());
    assertEquals(3, turns.take(() -> 3));
  }

  @Test
  void take_workThatFails_givesItsTurnBack() {
    Turns turns = new Turns(1, Duration.ZERO);

    for (int i = 0; i < 10; i++) {
      assertThrows(
          IllegalStateException.class,
          () ->
              turns.take(
                  () -> {
                    throw new IllegalStateException("failed");
                  }));
    }
    assertEquals(1, turns.take(() -> 1));
  }

  @Test
  void take_interruptedWhileWaiting_isRefusedAndStaysInterrupted() throws Exception {
    Turns turns = new Turns(1, Duration.ofSeconds(60));
    Future<Integer> first = occupy(turns);

    Thread.currentThread().interrupt();
    assertThrows(DatabaseUnavailableException.class, () -> turns.take(() -> 2));
    assertTrue(Thread.interrupted());

    mayEnd.countDown();
    assertEquals(1, first.get(30, TimeUnit.SECONDS));
    assertEquals(2, turns.take(() -> 2));
  }
}
