package dev.hotupdater.mongo;

import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import dev.hotupdater.database.HintListener;
import dev.hotupdater.database.HintSubscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives change hints, from one thread with one change stream, which are there for as long as
 * somebody listens. Safe for use by many threads.
 */
final class ChangeWatch {
  private static final Logger log = LoggerFactory.getLogger(ChangeWatch.class);

  /** The thread needs a fraction of it, unless its network is silent. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(1);

  /** How long the server waits for a change before it answers that there is none. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  private final Supplier<ChangeStreamIterable<BsonDocument>> streams;
  private final List<HintListener> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private @Nullable Watcher watcher;

  /** The thread and what it does. */
  private record Watcher(Thread thread, WatchLoop loop) {}

  /**
   * Creates a watch that has no thread yet.
   *
   * @param streams gives the change stream to read, each time that one is opened
   */
  ChangeWatch(Supplier<ChangeStreamIterable<BsonDocument>> streams) {
    this.streams = streams;
  }

  /**
   * The watch of what commits write: one stream for all collections takes one connection. What
   * devices tell is no change that somebody waits for.
   */
  static ChangeWatch of(Connection connection) {
    MongoDatabase database = connection.database();
    long wait = connection.boundedWait(LONGEST_WAIT).toMillis();
    List<String> collections =
        NamedCollection.committed().stream().map(NamedCollection::collection).toList();
    List<Bson> ofOurCollections = List.of(Aggregates.match(Filters.in("ns.coll", collections)));
    return new ChangeWatch(
        () ->
            database
                .watch(ofOurCollections, BsonDocument.class)
                .maxAwaitTime(wait, TimeUnit.MILLISECONDS));
  }

  HintSubscription subscribe(Runnable listener) {
    HintListener added = new HintListener(listener);
    synchronized (lock) {
      listeners.add(added);
      if (watcher == null) {
        watcher = start();
      }
    }
    return () -> {
      added.close();
      remove(added);
    };
  }

  private Watcher start() {
    WatchLoop loop = new WatchLoop(streams, () -> listeners.forEach(HintListener::hint));
    Thread thread = new Thread(loop, "hotupdater-mongo-hints");
    thread.setDaemon(true);
    thread.start();
    return new Watcher(thread, loop);
  }

  private void remove(HintListener listener) {
    Watcher last;
    synchronized (lock) {
      listeners.remove(listener);
      if (!listeners.isEmpty() || watcher == null) {
        return;
      }
      last = watcher;
      watcher = null;
    }
    stop(last);
  }

  /** Waits for the stream to be closed, so that its client can be closed. */
  private static void stop(Watcher watcher) {
    watcher.loop().stop();
    if (watcher.thread().equals(Thread.currentThread())) {
      return;
    }
    try {
      watcher.thread().join(LONGEST_STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.debug("Interrupted while waiting for the thread for change hints to end");
    }
  }
}
