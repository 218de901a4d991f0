package dev.hotupdater.internal;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values that are dear to make, kept for as long as they may be used, within a bound of memory.
 * Each is made by one thread while those that want the same wait for it; one that is to be renewed
 * is handed out meanwhile. A failure is not kept. Safe for use by many threads.
 */
public final class LoadingCache<K, V> {
  private static final Logger log = LoggerFactory.getLogger(LoadingCache.class);
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final ConcurrentHashMap<K, Slot<V>> slots = new ConcurrentHashMap<>();
  private final AtomicLong weight = new AtomicLong();
  private final ReentrantLock evicting = new ReentrantLock();
  private final long maxWeight;
  private final Duration patience;
  private final Executor renewals;
  private final Clock clock;

  /**
   * A value that was made.
   *
   * @param value the value
   * @param weight about how many bytes it takes
   * @param renewAt from when a new one is made, in milliseconds of the clock
   * @param endsAt from when it is not handed out any more, in milliseconds of the clock
   */
  public record Loaded<V>(V value, long weight, long renewAt, long endsAt) {
    /** A value that may be used for ever. */
    public static <V> Loaded<V> forEver(V value, long weight) {
      return until(value, weight, Instant.MAX, Instant.MAX);
    }

    /** A value that is renewed and ends at these moments. */
    public static <V> Loaded<V> until(V value, long weight, Instant renewal, Instant end) {
      return new Loaded<>(value, weight, millis(renewal), millis(end));
    }

    private static long millis(Instant time) {
      return time.equals(Instant.MAX) ? Long.MAX_VALUE : time.toEpochMilli();
    }
  }

  /** One key's value, once there is one, and the making of the next, while it goes on. */
  private static final class Slot<V> {
    volatile @Nullable Loaded<V> loaded;
    volatile boolean used;
    @Nullable CompletableFuture<V> loading;
    long loadingSince;
    long noRenewalBefore;
    boolean dropped;
  }

  /**
   * Creates an empty cache.
   *
   * @param maxWeight about how many bytes all values may take together
   * @param patience how long one thread waits for another that makes the value; after that the next
   *     one tries it, too
   * @param renewals where values are renewed that may still be handed out
   */
  public LoadingCache(long maxWeight, Duration patience, Executor renewals, Clock clock) {
    this.maxWeight = maxWeight;
    this.patience = patience;
    this.renewals = renewals;
    this.clock = clock;
  }

  /**
   * The value for this key.
   *
   * @param loader makes the value; what it throws is thrown to all that wait for it
   * @throws BoundedCalls.CallTimeoutException if another thread takes too long to make it
   */
  public V get(K key, Supplier<Loaded<V>> loader) {
    Slot<V> slot = slots.get(key);
    Loaded<V> loaded = slot == null ? null : slot.loaded;
    if (slot == null || loaded == null) {
      return load(key, loader);
    }
    if (!slot.used) {
      slot.used = true;
    }
    if (loaded.renewAt == Long.MAX_VALUE) {
      return loaded.value;
    }
    long now = clock.millis();
    if (now < loaded.renewAt) {
      return loaded.value;
    }
    if (now >= loaded.endsAt) {
      return load(key, loader);
    }
    renew(slot, loader);
    return requireNonNull(slot.loaded).value;
  }

  private V load(K key, Supplier<Loaded<V>> loader) {
    Slot<V> slot = slots.computeIfAbsent(key, k -> new Slot<>());
    CompletableFuture<V> own = new CompletableFuture<>();
    CompletableFuture<V> others;
    synchronized (slot) {
      Loaded<V> loaded = slot.loaded;
      if (loaded != null && clock.millis() < loaded.endsAt) {
        return loaded.value;
      }
      others = isLoading(slot) ? slot.loading : null;
      if (others == null) {
        startLoading(slot, own);
      }
    }
    if (others != null) {
      return await(others);
    }
    try {
      V value = finish(slot, own, loader.get());
      evict();
      return value;
    } catch (RuntimeException | Error e) {
      fail(slot, own, e);
      if (slot.loaded == null) {
        drop(key, slot);
      }
      throw e;
    }
  }

  private void renew(Slot<V> slot, Supplier<Loaded<V>> loader) {
    CompletableFuture<V> own = new CompletableFuture<>();
    synchronized (slot) {
      if (isLoading(slot) || clock.millis() < slot.noRenewalBefore) {
        return;
      }
      startLoading(slot, own);
    }
    try {
      renewals.execute(
          () -> {
            try {
              finish(slot, own, loader.get());
            } catch (RuntimeException | Error e) {
              postponeRenewal(slot, own, e);
            }
          });
    } catch (RuntimeException e) {
      postponeRenewal(slot, own, e);
    }
  }

  private boolean isLoading(Slot<V> slot) {
    // One that hangs is not waited for, and not kept from being replaced, for ever.
    return slot.loading != null && System.nanoTime() - slot.loadingSince < patience.toNanos();
  }

  private void startLoading(Slot<V> slot, CompletableFuture<V> own) {
    slot.loading = own;
    slot.loadingSince = System.nanoTime();
  }

  private V finish(Slot<V> slot, CompletableFuture<V> own, Loaded<V> loaded) {
    synchronized (slot) {
      endLoading(slot, own);
      if (!slot.dropped && loaded.weight <= maxWeight / 2) {
        Loaded<V> before = slot.loaded;
        slot.loaded = loaded;
        slot.used = true;
        weight.addAndGet(loaded.weight - (before == null ? 0 : before.weight));
      }
    }
    own.complete(loaded.value);
    return loaded.value;
  }

  private void fail(Slot<V> slot, CompletableFuture<V> own, Throwable failure) {
    synchronized (slot) {
      endLoading(slot, own);
    }
    own.completeExceptionally(failure);
  }

  private void postponeRenewal(Slot<V> slot, CompletableFuture<V> own, Throwable failure) {
    log.warn("Something cannot be renewed yet; what there is serves on for a while", failure);
    fail(slot, own, failure);
    synchronized (slot) {
      Loaded<V> loaded = slot.loaded;
      long now = clock.millis();
      long left = loaded == null ? 0 : Math.max(0, loaded.endsAt - now);
      slot.noRenewalBefore = now + Math.min(LONGEST_PAUSE_MILLIS, left / 4);
    }
  }

  private void endLoading(Slot<V> slot, CompletableFuture<V> own) {
    if (slot.loading == own) {
      slot.loading = null;
    }
  }

  private V await(CompletableFuture<V> others) {
    try {
      return others.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new BoundedCalls.CallTimeoutException("No answer within " + patience + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BoundedCalls.CallTimeoutException("Interrupted while waiting for an answer.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Forgets the values of these keys. One that is being made is not kept. */
  public void dropIf(Predicate<K> condition) {
    for (Map.Entry<K, Slot<V>> entry : slots.entrySet()) {
      if (condition.test(entry.getKey())) {
        drop(entry.getKey(), entry.getValue());
      }
    }
  }

  private void drop(K key, Slot<V> slot) {
    slots.remove(key, slot);
    synchronized (slot) {
      Loaded<V> loaded = slot.loaded;
      if (!slot.dropped && loaded != null) {
        weight.addAndGet(-loaded.weight);
      }
      slot.dropped = true;
    }
  }

  /** Makes room, at the cost of what has not been asked for since the last time if that will do. */
  private void evict() {
    if (weight.get() <= maxWeight || !evicting.tryLock()) {
      return;
    }
    try {
      long target = maxWeight - maxWeight / 8;
      evict(target, true);
      evict(target, false);
    } finally {
      evicting.unlock();
    }
  }

  private void evict(long target, boolean spareUsed) {
    for (Map.Entry<K, Slot<V>> entry : slots.entrySet()) {
      if (weight.get() <= target) {
        return;
      }
      Slot<V> slot = entry.getValue();
      if (spareUsed && slot.used) {
        slot.used = false;
      } else if (slot.loaded != null) {
        drop(entry.getKey(), slot);
      }
    }
  }

  /** About how many bytes the values take. */
  long weight() {
    return weight.get();
  }
}
