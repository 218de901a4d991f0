package dev.hotupdater.publishing;

import dev.hotupdater.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many uploads a server copies and checks at the same time. A legacy signature needs the
 * whole file in memory, so that there is one of these at most.
 */
final class CopyPermits {
  private static final int MAX_COPIES = 4;

  private final Semaphore copies = new Semaphore(MAX_COPIES, true);
  private final Semaphore legacy = new Semaphore(1, true);
  private final Duration patience;

  CopyPermits(Duration patience) {
    this.patience = patience;
  }

  /**
   * Does the work, which copies an upload with these signatures, when its turn has come.
   *
   * @throws StorageUnavailableException if it does not come in time
   */
  <T> T call(List<GivenSignature> signatures, Supplier<T> work) {
    // First the rarer one: whoever waits for it holds up nobody who does not need it.
    return signatures.stream().anyMatch(GivenSignature::isLegacy)
        ? with(legacy, () -> with(copies, work))
        : with(copies, work);
  }

  private <T> T with(Semaphore permits, Supplier<T> work) {
    acquire(permits);
    try {
      return work.get();
    } finally {
      permits.release();
    }
  }

  private void acquire(Semaphore permits) {
    try {
      if (!permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StorageUnavailableException(
            "The server is busy with other uploads. Complete this one later.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailableException("The wait for other uploads was ended.", e);
    }
  }
}
