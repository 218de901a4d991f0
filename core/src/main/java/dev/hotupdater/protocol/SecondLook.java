package dev.hotupdater.protocol;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether it is worth reading the database for something that is not in memory: a client may have
 * been told of it by another server, a moment before this one knows of it. Seldom, because what
 * clients ask for can be made up. Safe for use by many threads.
 */
public final class SecondLook {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final AtomicLong lookedAgainAt = new AtomicLong(System.nanoTime() - PAUSE.toNanos());

  /** Creates it; it is worth it the first time. */
  public SecondLook() {}

  /** Whether it is; then it is not again for some time. */
  public boolean isDue() {
    long now = System.nanoTime();
    long last = lookedAgainAt.get();
    return now - last > PAUSE.toNanos() && lookedAgainAt.compareAndSet(last, now);
  }
}
