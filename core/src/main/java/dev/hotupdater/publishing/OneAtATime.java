package dev.hotupdater.publishing;

import dev.hotupdater.release.ReleaseId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Lets one thread at a time work on an artifact, and the others wait. */
final class OneAtATime {
  private final Map<ReleaseId, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

  <T> T call(ReleaseId artifact, Supplier<T> work) {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> other = running.putIfAbsent(artifact, mine);
    while (other != null) {
      other.join();
      other = running.putIfAbsent(artifact, mine);
    }
    try {
      return work.get();
    } finally {
      running.remove(artifact);
      mine.complete(true);
    }
  }
}
