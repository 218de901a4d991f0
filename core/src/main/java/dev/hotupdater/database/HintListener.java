package dev.hotupdater.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody who wants hints, until they are closed: calls a listener, whatever it throws, and never
 * again once it is closed. For those who write a database with hints. Safe for use by many threads.
 */
public final class HintListener {
  private static final Logger log = LoggerFactory.getLogger(HintListener.class);

  /** Listeners return quickly; for one that does not, closing does not wait for ever. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(1);

  private final Runnable listener;
  private final ReentrantLock calling = new ReentrantLock();
  private volatile boolean closed;
  private boolean failed;

  /** Creates it over what {@link Database#onChange} was given. */
  public HintListener(Runnable listener) {
    this.listener = listener;
  }

  /** Calls the listener. */
  public void hint() {
    calling.lock();
    try {
      if (!closed) {
        listener.run();
      }
    } catch (RuntimeException | Error e) {
      failed(e);
    } finally {
      calling.unlock();
    }
  }

  private void failed(Throwable e) {
    if (failed) {
      log.debug("A listener for change hints failed again", e);
    } else {
      failed = true;
      log.warn("A listener for change hints failed; it should throw nothing", e);
    }
  }

  /** Afterwards the listener is not called any more; a call that goes on is waited for. */
  public void close() {
    closed = true;
    try {
      if (calling.tryLock(LONGEST_CALL.toMillis(), TimeUnit.MILLISECONDS)) {
        calling.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
