package dev.hotupdater.publishing;

import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets one thread at a time work on an artifact, and the others wait, but not for ever. */
final class OneAtATime {
  private final Map<ReleaseId, CountDownLatch> running = new ConcurrentHashMap<>();
  private final Duration patience;

  OneAtATime(Duration patience) {
    this.patience = patience;
  }

  /**
   * Does the work when nobody else works on the artifact.
   *
   * @throws StorageUnavailableException if others take too long
   */
  <T> T call(ReleaseId artifact, Supplier<T> work) {
    CountDownLatch mine = new CountDownLatch(1);
    long deadline = System.nanoTime() + patience.toNanos();
    CountDownLatch other = running.putIfAbsent(artifact, mine);
    while (other != null) {
      await(other, deadline - System.nanoTime());
      other = running.putIfAbsent(artifact, mine);
    }
    try {
      return work.get();
    } finally {
      running.remove(artifact);
      mine.countDown();
    }
  }

  private static void await(CountDownLatch other, long nanos) {
    try {
      if (!other.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new StorageUnavailableException(
            "The upload is being completed by another request. Ask again later.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailableException("The wait for another completion was ended.", e);
    }
  }
}
