package dev.hotupdater.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import dev.hotupdater.database.Backoff;
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

  /** A stream that lasts so long works; one that does not may be lost again and again. */
  private static final Duration PROBATION = Duration.ofSeconds(10);

  private final Supplier<ChangeStreamIterable<BsonDocument>> streams;
  private final Runnable hint;
  private final Backoff backoff = new Backoff();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Whether the server has given a stream once. Used by the thread alone. */
  private boolean hasStreams;

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
    try (MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> stream =
        streams.get().cursor()) {
      hasStreams = true;
      log.debug("Change hints come from a change stream");
      // Whatever changed while nobody looked.
      hint.run();
      read(stream);
      log.debug("The change stream has ended");
      return Optional.of(pause());
    } catch (RuntimeException | Error e) {
      if (isRefusal(e)) {
        log.debug("There are no change streams here; changes are found by asking", e);
        return Optional.empty();
      }
      log.debug("The change stream was lost or could not be opened", e);
      return Optional.of(pause());
    }
  }

  /**
   * Whether the server has no streams at all. One that has given a stream may refuse to resume it,
   * when its log does not reach back that far, and still gives new ones.
   */
  private boolean isRefusal(Throwable e) {
    return !hasStreams && e instanceof MongoCommandException refusal && !Failure.isPassing(refusal);
  }

  /** Reads until the loop is stopped, or the server has ended the stream. */
  private void read(MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> stream)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!stops(Duration.ZERO)) {
      if (stream.tryNext() != null) {
        hint.run();
      } else if (stream.getServerCursor() == null) {
        // The database was dropped; from now on the driver would answer without asking.
        return;
      }
      if (!backoff.isFresh() && System.nanoTime() - start > PROBATION.toNanos()) {
        backoff.reset();
      }
    }
  }

  private Duration pause() {
    if (stopped.getCount() > 0 && backoff.isFresh()) {
      log.info(
          "There are no change hints from MongoDB at the moment; changes are found by asking, and"
              + " the change stream is opened again in the background");
    }
    return backoff.next();
  }
}
