package dev.hotupdater.cli.publish;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/** Tries again what may go better the next time. Safe for use by many threads. */
final class Attempts {
  private static final Duration LONGEST_REQUESTED_PAUSE = Duration.ofMinutes(1);

  private final Patience patience;
  private final Progress progress;

  Attempts(Patience patience, Progress progress) {
    this.patience = patience;
    this.progress = progress;
  }

  /** Something that may fail for a while. */
  interface Attempt<T> {
    T run() throws IOException, InterruptedException;
  }

  /**
   * The result of the first attempt that succeeds.
   *
   * @param what what is attempted, as the beginning of a sentence
   * @throws PublishException if none does
   */
  <T> T repeat(String what, Attempt<T> attempt) {
    Iterator<Duration> pauses = patience.pauses().iterator();
    try {
      while (true) {
        try {
          return attempt.run();
        } catch (SSLHandshakeException e) {
          throw new PublishException(
              what
                  + " failed: there is no secure connection to the server: "
                  + Printable.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
          if (!pauses.hasNext()) {
            throw exhausted(what, e);
          }
          pause(what, e, pauses.next());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishException(what + " was interrupted.");
    }
  }

  private PublishException exhausted(String what, IOException failure) {
    PublishException exhausted =
        new PublishException(
            what
                + " failed "
                + (patience.pauses().size() + 1)
                + " times: "
                + reason(failure)
                + ". Run the same command again to go on from here.");
    exhausted.initCause(failure);
    return exhausted;
  }

  private void pause(String what, IOException failure, Duration usual) throws InterruptedException {
    Duration pause = longer(usual, requested(failure));
    progress.notice(
        String.format(
            Locale.ROOT,
            "%s failed: %s. Trying again in %.1f s",
            what,
            reason(failure),
            pause.toMillis() / 1000.0));
    Thread.sleep(pause.toMillis());
  }

  private static Duration requested(IOException failure) {
    return failure instanceof TemporaryFailureException
        ? ((TemporaryFailureException) failure).requestedPause()
        : Duration.ZERO;
  }

  private static Duration longer(Duration usual, Duration requested) {
    Duration bounded =
        requested.compareTo(LONGEST_REQUESTED_PAUSE) > 0 ? LONGEST_REQUESTED_PAUSE : requested;
    return bounded.compareTo(usual) > 0 ? bounded : usual;
  }

  private static String reason(IOException failure) {
    if (failure instanceof ConnectException) {
      return "the server cannot be reached";
    }
    if (failure instanceof HttpTimeoutException) {
      return "the server does not answer";
    }
    return Optional.ofNullable(failure.getMessage())
        .map(Printable::of)
        .orElse("the connection was lost");
  }
}
