package dev.hotupdater.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The first line of a stream, in UTF-8 whatever the machine's character set is. */
final class PipedLine {
  private static final int MAX_BYTES = 16_384;

  private PipedLine() {}

  /**
   * The line without its end; empty if the stream has ended.
   *
   * @throws IOException if it cannot be read, or is longer than any line that is ever piped in
   */
  static Optional<String> read(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != '\n') {
      if (line.size() == MAX_BYTES) {
        throw new IOException("The first line has more than " + MAX_BYTES + " bytes.");
      }
      line.write(next);
      next = in.read();
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
