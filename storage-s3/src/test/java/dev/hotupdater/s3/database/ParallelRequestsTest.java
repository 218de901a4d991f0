package dev.hotupdater.s3.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelRequestsTest {
  private static final List<Integer> INPUTS = IntStream.range(0, 80).boxed().toList();

  @Test
  void requests_areSentEightAtATime() {
    CyclicBarrier eight = new CyclicBarrier(8);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    List<Integer> answers =
        ParallelRequests.map(
            INPUTS,
            input -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              await(eight);
              now.decrementAndGet();
              return input * 2;
            });

    assertEquals(INPUTS.stream().map(input -> input * 2).toList(), answers);
    assertTrue(most.get() <= 8, () -> most.get() + " at once");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("there are never eight at once", e);
    }
  }

  @Test
  void aRequestThatFails_endsTheOthers() {
    AtomicInteger sent = new AtomicInteger();

    assertThrows(
        DatabaseException.class,
        () ->
            ParallelRequests.map(
                INPUTS,
                input -> {
                  sent.incrementAndGet();
                  if (input == 0) {
                    throw new DatabaseException("refused");
                  }
                  return sleepLong();
                }));

    assertTrue(sent.get() < INPUTS.size(), () -> sent.get() + " were sent");
  }

  @Test
  void interruption_isUnavailable() {
    Thread.currentThread().interrupt();

    assertThrows(
        DatabaseUnavailableException.class,
        () -> ParallelRequests.map(INPUTS, input -> sleepLong()));

    assertTrue(Thread.interrupted(), "who is interrupted stays it");
  }

  private static int sleepLong() {
    try {
      Thread.sleep(30_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }
}
