package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.database.HintListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class HintListenerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void hint_afterClose_isNotPassedOn() {
    Hints hints = new Hints();
    HintListener listener = new HintListener(hints);
    listener.hint();

    listener.close();
    listener.hint();

    assertEquals(1, hints.count());
  }

  @Test
  void close_byTheListenerItself_doesNotWaitForIt() {
    Hints hints = new Hints();
    HintListener[] own = new HintListener[1];
    own[0] =
        new HintListener(
            () -> {
              own[0].close();
              hints.run();
            });

    Assertions.assertTimeoutPreemptively(PATIENCE, own[0]::hint);
    own[0].hint();

    assertEquals(1, hints.count());
  }

  @Test
  void close_whileACallHangs_doesNotWaitForEver() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    HintListener listener =
        new HintListener(
            () -> {
              called.countDown();
              await(released);
            });
    Thread thread = new Thread(listener::hint);
    thread.start();
    await(called);

    Assertions.assertTimeoutPreemptively(PATIENCE, listener::close);

    released.countDown();
    thread.join(PATIENCE.toMillis());
    assertEquals(Thread.State.TERMINATED, thread.getState());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
