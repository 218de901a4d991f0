package dev.hotupdater.servlet;

import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.LogReference;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one answer to one servlet response, and closes its body whatever happens. */
final class ResponseWriter {
  private static final Logger log = LoggerFactory.getLogger(ResponseWriter.class);

  private final boolean head;
  private final HttpServletResponse response;

  ResponseWriter(HttpServletRequest request, HttpServletResponse response) {
    this.head = request.getMethod().equals("HEAD");
    this.response = response;
  }

  /**
   * Writes the answer.
   *
   * @throws IOException if its body cannot be read to its end and a part of it was sent already
   */
  void write(HttpResponse answer) throws IOException {
    HttpBody body = answer.body();
    try {
      response.setStatus(answer.status());
      answer.headers().forEach(response::addHeader);
      if (!mayHaveBody(answer.status())) {
        commit();
        return;
      }
      response.setContentLengthLong(body.length());
      if (!head && body.length() > 0) {
        send(body);
      }
    } finally {
      close(body);
    }
  }

  private static boolean mayHaveBody(int status) {
    return status >= 200 && status != 204 && status != 304;
  }

  /** Or else Jetty adds a Content-Length of zero, which is not the one of the resource. */
  private void commit() {
    try {
      response.flushBuffer();
    } catch (IOException e) {
      log.debug("The client went away before its answer: {}", e.toString());
    }
  }

  private void send(HttpBody body) throws IOException {
    ClientStream client = new ClientStream(response.getOutputStream());
    try {
      body.writeTo(client);
      if (client.written() < body.length()) {
        throw new EOFException(
            "The body of an answer has "
                + client.written()
                + " bytes instead of the announced "
                + body.length());
      }
    } catch (IOException | RuntimeException e) {
      if (client.isGone()) {
        log.debug(
            "The client went away after {} of {} bytes: {}",
            client.written(),
            body.length(),
            e.toString());
      } else if (response.isCommitted()) {
        // Half an answer must not look whole: what a servlet throws makes the container cut it off.
        throw e;
      } else {
        replaceWithError(e);
      }
    }
  }

  private void replaceWithError(Exception cause) throws IOException {
    LogReference reference = LogReference.create();
    log.error("The body of an answer cannot be read [reference {}]", reference, cause);
    response.reset();
    write(reference.answer(500, "Internal server error").build());
  }

  private static void close(HttpBody body) {
    try {
      body.close();
    } catch (IOException | RuntimeException e) {
      log.warn("The body of an answer cannot be closed", e);
    }
  }
}
