package dev.hotupdater.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what a handler has left of a request's body, as when the token is wrong. Jetty would end
 * the connection instead, and a client that is still sending, such as Node's, then fails without
 * having read the answer.
 */
final class UnreadBody {
  /** Of more than this, no client is spared the end of its connection. */
  static final long MAX_BYTES = 64L * 1024 * 1024;

  /** At most so many threads wait for what clients send in vain: one may send nothing at all. */
  static final int MAX_THREADS = 8;

  private static final Logger log = LoggerFactory.getLogger(UnreadBody.class);
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final Semaphore THREADS = new Semaphore(MAX_THREADS);

  private UnreadBody() {}

  /** Sends the answer off, and takes in the rest of the body if that is worth it. */
  static void discard(HttpServletRequest request, HttpServletResponse response) {
    if (!mayBeComing(request) || !THREADS.tryAcquire()) {
      return;
    }
    try {
      ServletInputStream body = request.getInputStream();
      if (!body.isFinished()) {
        response.flushBuffer();
        discard(body);
      }
    } catch (IOException e) {
      log.debug("The client went away before all of its request was read: {}", e.toString());
    } finally {
      THREADS.release();
    }
  }

  private static boolean mayBeComing(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    boolean announced = length > 0 || request.getHeader("Transfer-Encoding") != null;
    // Whoever expects to be told to continue does not send without.
    return announced && length <= MAX_BYTES && request.getHeader("Expect") == null;
  }

  private static void discard(ServletInputStream body) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    long start = System.nanoTime();
    long total = 0;
    int count = 0;
    while (count >= 0 && total <= MAX_BYTES && System.nanoTime() - start < MAX_NANOS) {
      total += count;
      count = body.read(buffer);
    }
  }
}
