package dev.hotupdater.http;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What joins the answer to a failed request with the line in the log that tells why: the client
 * gets the reference and nothing else.
 *
 * @param value 12 hexadecimal digits, made at random
 */
public record LogReference(String value) {
  private static final long LIMIT = 1L << 48;

  /** A new reference. */
  public static LogReference create() {
    long random = ThreadLocalRandom.current().nextLong(LIMIT);
    return new LogReference(String.format(Locale.ROOT, "%012x", random));
  }

  /** The answer that carries this reference, for whatever went wrong in the server. */
  public HttpResponse.Builder answer(int status, String error) {
    return HttpResponse.uncached(
        status, "{\"error\":\"" + error + "\",\"reference\":\"" + value + "\"}");
  }

  @Override
  public String toString() {
    return value;
  }
}
