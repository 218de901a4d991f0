package dev.hotupdater.cli.publish;

import java.io.IOException;
import java.time.Duration;

/** An answer that may be another one the next time. */
final class TemporaryFailureException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Duration requestedPause;

  /**
   * Creates the exception.
   *
   * @param requestedPause how long the server has asked to wait; zero if it has not
   */
  TemporaryFailureException(String message, Duration requestedPause) {
    super(message);
    this.requestedPause = requestedPause;
  }

  Duration requestedPause() {
    return requestedPause;
  }
}
