package dev.hotupdater.supabase;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read while it arrives: no more is fetched than is read, and a server that
 * falls silent fails the reader. The client's own stream would wait for ever. Read by one thread.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<BodyStream> {
  private sealed interface Event {
    record Bytes(List<ByteBuffer> buffers) implements Event {}

    record Failed(Throwable cause) implements Event {}

    record Ended() implements Event {}
  }

  private final Duration maxSilence;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> arrived = new ArrayDeque<>();
  private final Object lock = new Object();
  private Flow.@Nullable Subscription subscription;
  private boolean isClosed;
  private boolean isAtEnd;

  BodyStream(Duration maxSilence) {
    this.maxSilence = maxSilence;
  }

  @Override
  public CompletionStage<BodyStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    boolean isWanted;
    synchronized (lock) {
      isWanted = !isClosed && subscription == null;
      if (isWanted) {
        subscription = newSubscription;
      }
    }
    if (isWanted) {
      newSubscription.request(1);
    } else {
      newSubscription.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    events.add(new Event.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    events.add(new Event.Failed(cause));
  }

  @Override
  public void onComplete() {
    events.add(new Event.Ended());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (true) {
      ByteBuffer buffer = arrived.peek();
      if (buffer == null) {
        if (!receive()) {
          return -1;
        }
      } else if (buffer.hasRemaining()) {
        int count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
      } else {
        arrived.remove();
        if (arrived.isEmpty()) {
          requestMore();
        }
      }
    }
  }

  private boolean receive() throws IOException {
    synchronized (lock) {
      if (isClosed) {
        throw new IOException("The stream is closed");
      }
    }
    if (isAtEnd) {
      return false;
    }
    Event event = nextEvent();
    if (event instanceof Event.Bytes bytes) {
      arrived.addAll(bytes.buffers());
      if (arrived.isEmpty()) {
        requestMore();
      }
      return true;
    }
    if (event instanceof Event.Failed failed) {
      // Kept, so that reading again fails again and does not wait.
      events.add(failed);
      throw new IOException("The download broke off", failed.cause());
    }
    isAtEnd = true;
    return false;
  }

  private Event nextEvent() throws IOException {
    try {
      Event event = events.poll(maxSilence.toMillis(), TimeUnit.MILLISECONDS);
      if (event == null) {
        close();
        throw new HttpTimeoutException("The server sent nothing for " + maxSilence);
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IOException("Interrupted while waiting for the download", e);
    }
  }

  private void requestMore() {
    Flow.Subscription current;
    synchronized (lock) {
      current = subscription;
    }
    if (current != null) {
      current.request(1);
    }
  }

  /** Gives up the rest of the body, and with it the connection if there is a rest. */
  @Override
  public void close() {
    Flow.Subscription current;
    synchronized (lock) {
      isClosed = true;
      current = subscription;
    }
    if (current != null) {
      current.cancel();
    }
  }
}
