package dev.hotupdater.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the thread of a {@link ChangeWatch} does until it is stopped: reads a change stream, and
 * opens another one when it is lost.
 */
final class WatchLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(WatchLoop.class);

  /** How long the server waits for a change before it answers that there is none. */
  private static final Duration WAIT = Duration.ofMillis(500);

  /** A stream that lasts so long works; one that does not may be lost again and again. */
  private static final Duration PROBATION = Duration.ofSeconds(10);

  private final Supplier<ChangeStreamIterable<BsonDocument>> streams;
  private final Runnable hint;
  private final Backoff backoff = new Backoff();
  private final CountDownLatch stopped = new CountDownLatch(1);

  WatchLoop(Supplier<ChangeStreamIterable<BsonDocument>> streams, Runnable hint) {
    this.streams = streams;
    this.hint = hint;
  }

  /** Makes the thread end, soon but not at once. */
  void stop() {
    stopped.countDown();
  }

  @Override
  public void run() {
    try {
      Optional<Duration> pause = Optional.of(Duration.ZERO);
      while (pause.isPresent() && !stops(pause.get())) {
        pause = watch();
      }
    } catch (InterruptedException e) {
      log.debug("The thread for change hints was interrupted and ends");
    }
  }

  private boolean stops(Duration longest) throws InterruptedException {
    return stopped.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Watches for as long as it goes well; returns the pause until the next time, if any. */
  private Optional<Duration> watch() throws InterruptedException {
    try (MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> stream = open()) {
      log.debug("Change hints come from a change stream");
      // Whatever changed while nobody looked.
      hint.run();
      read(stream);
      return Optional.empty();
    } catch (MongoException e) {
      if (e instanceof MongoCommandException && !Failure.isPassing(e)) {
        log.debug("There are no change streams here; changes are found by asking", e);
        return Optional.empty();
      }
      return Optional.of(lost(e));
    } catch (RuntimeException | Error e) {
      return Optional.of(lost(e));
    }
  }

  private MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> open() {
    return streams.get().maxAwaitTime(WAIT.toMillis(), TimeUnit.MILLISECONDS).cursor();
  }

  private void read(MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> stream)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!stops(Duration.ZERO)) {
      if (stream.tryNext() != null) {
        hint.run();
      }
      if (!backoff.isFresh() && System.nanoTime() - start > PROBATION.toNanos()) {
        backoff.reset();
      }
    }
  }

  private Duration lost(Throwable e) {
    if (stopped.getCount() > 0 && backoff.isFresh()) {
      log.info(
          "There are no change hints from MongoDB at the moment; changes are found by asking, and"
              + " the change stream is opened again in the background");
    }
    log.debug("The change stream was lost or could not be opened", e);
    return backoff.next();
  }
}
