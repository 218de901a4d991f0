package dev.hotupdater.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
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
      boolean isEternity = time.getEpochSecond() >= Long.MAX_VALUE / 1_000;
      return isEternity ? Long.MAX_VALUE : time.toEpochMilli();
    }

    private Loaded<V> withRenewalFrom(long earliest) {
      return renewAt >= earliest ? this : new Loaded<>(value, weight, earliest, endsAt);
    }
  }

  /** One key's value, once there is one, and the making of the next, while it goes on. */
  private static final class Slot<V> {
    volatile @Nullable Loaded<V> loaded;
    volatile boolean used;
    @Nullable CompletableFuture<Loaded<V>> loading;
    long loadingSince;
    boolean renewalQueued;
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
    renew(key, slot, loader);
    Loaded<V> renewed = slot.loaded;
    return renewed == null ? loaded.value : renewed.value;
  }

  /**
   * The value for this key, renewed if that is due: for somebody who can wait. If it cannot be
   * renewed, it is the old one for as long as that is handed out.
   *
   * @param loader makes the value; what it throws is thrown to all that wait for it
   * @throws BoundedCalls.CallTimeoutException if another thread takes too long to make it
   */
  public V getRenewed(K key, Supplier<Loaded<V>> loader) {
    Slot<V> slot = slots.computeIfAbsent(key, k -> new Slot<>());
    try {
      return load(key, slot, loader, () -> !isDue(slot));
    } catch (RuntimeException e) {
      Loaded<V> old = slot.loaded;
      if (old == null || clock.millis() >= old.endsAt) {
        throw e;
      }
      log.warn("Something cannot be renewed yet; what there is serves on for a while", e);
      return old.value;
    }
  }

  private V load(K key, Supplier<Loaded<V>> loader) {
    Slot<V> slot = slots.computeIfAbsent(key, k -> new Slot<>());
    return load(key, slot, loader, () -> isUsable(slot));
  }

  private V load(K key, Slot<V> slot, Supplier<Loaded<V>> loader, BooleanSupplier willDo) {
    CompletableFuture<Loaded<V>> own = new CompletableFuture<>();
    CompletableFuture<Loaded<V>> others;
    synchronized (slot) {
      Loaded<V> loaded = slot.loaded;
      if (loaded != null && willDo.getAsBoolean()) {
        return loaded.value;
      }
      others = isLoading(slot) ? slot.loading : null;
      if (others == null) {
        startLoading(slot, own);
      }
    }
    if (others != null) {
      Loaded<V> awaited = await(others);
      boolean hasEnded = clock.millis() >= awaited.endsAt;
      return hasEnded ? loader.get().value : awaited.value;
    }
    return load(key, slot, own, loader).value;
  }

  /** Whether the value is still handed out. */
  private boolean isUsable(Slot<V> slot) {
    Loaded<V> loaded = slot.loaded;
    return loaded != null && clock.millis() < loaded.endsAt;
  }

  /** Whether there is no value, or it is to be renewed, and not just after that has failed. */
  private boolean isDue(Slot<V> slot) {
    Loaded<V> loaded = slot.loaded;
    long now = clock.millis();
    return loaded == null
        || now >= loaded.endsAt
        || now >= loaded.renewAt && now >= slot.noRenewalBefore;
  }

  private Loaded<V> load(
      K key, Slot<V> slot, CompletableFuture<Loaded<V>> own, Supplier<Loaded<V>> loader) {
    Loaded<V> loaded;
    try {
      loaded = loader.get();
    } catch (RuntimeException | Error e) {
      synchronized (slot) {
        endLoading(slot, own);
        Loaded<V> old = slot.loaded;
        slot.noRenewalBefore = clock.millis() + (old == null ? 0 : pause(old));
      }
      own.completeExceptionally(e);
      if (slot.loaded == null) {
        drop(key, slot);
      }
      throw e;
    }
    keep(key, slot, own, loaded);
    own.complete(loaded);
    return loaded;
  }

  private void renew(K key, Slot<V> slot, Supplier<Loaded<V>> loader) {
    synchronized (slot) {
      if (slot.renewalQueued || isLoading(slot) || !isDue(slot)) {
        return;
      }
      slot.renewalQueued = true;
    }
    try {
      renewals.execute(() -> renewNow(key, slot, loader));
    } catch (RejectedExecutionException e) {
      log.debug("Nothing is renewed any more", e);
    }
  }

  private void renewNow(K key, Slot<V> slot, Supplier<Loaded<V>> loader) {
    CompletableFuture<Loaded<V>> own = new CompletableFuture<>();
    synchronized (slot) {
      slot.renewalQueued = false;
      if (isLoading(slot) || !isDue(slot)) {
        return;
      }
      startLoading(slot, own);
    }
    try {
      load(key, slot, own, () -> withPause(loader.get()));
    } catch (RuntimeException | Error e) {
      log.warn("Something cannot be renewed yet; what there is serves on for a while", e);
    }
  }

  /** One whose next renewal is due already, because a part of it could not be renewed, can wait. */
  private Loaded<V> withPause(Loaded<V> loaded) {
    return loaded.withRenewalFrom(clock.millis() + pause(loaded));
  }

  /** How long to wait before a renewal is tried again. */
  private long pause(Loaded<V> loaded) {
    return Math.max(0, Math.min(LONGEST_PAUSE_MILLIS, (loaded.endsAt - clock.millis()) / 4));
  }

  private boolean isLoading(Slot<V> slot) {
    // One that hangs is not waited for, and not kept from being replaced, for ever.
    return slot.loading != null && System.nanoTime() - slot.loadingSince < patience.toNanos();
  }

  private void startLoading(Slot<V> slot, CompletableFuture<Loaded<V>> own) {
    slot.loading = own;
    slot.loadingSince = System.nanoTime();
  }

  private void endLoading(Slot<V> slot, CompletableFuture<Loaded<V>> own) {
    if (own.equals(slot.loading)) {
      slot.loading = null;
    }
  }

  private void keep(K key, Slot<V> slot, CompletableFuture<Loaded<V>> own, Loaded<V> loaded) {
    if (loaded.weight > maxWeight / 2) {
      drop(key, slot);
      return;
    }
    synchronized (slot) {
      boolean wasReplaced = !own.equals(slot.loading);
      endLoading(slot, own);
      if (slot.dropped || wasReplaced) {
        return;
      }
      Loaded<V> before = slot.loaded;
      slot.loaded = loaded;
      slot.used = true;
      weight.addAndGet(loaded.weight - (before == null ? 0 : before.weight));
    }
    evict();
  }

  private Loaded<V> await(CompletableFuture<Loaded<V>> others) {
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
