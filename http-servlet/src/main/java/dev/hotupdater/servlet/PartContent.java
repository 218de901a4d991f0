package dev.hotupdater.servlet;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a part. It remembers why they could not be read, if they could not. */
final class PartContent extends InputStream {
  private final InputStream in;
  private @Nullable IOException unreadable;
  private @Nullable RuntimeException refused;

  PartContent(InputStream in) {
    this.in = in;
  }

  /** Throws what reading has thrown, if anything. */
  void throwFailure() throws IOException {
    if (refused != null) {
      throw refused;
    }
    if (unreadable != null) {
      throw unreadable;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return in.read(bytes, offset, length);
    } catch (IOException e) {
      unreadable = e;
      throw e;
    } catch (RuntimeException e) {
      // Of the request's body, which a route may have wrapped to limit its size.
      refused = e;
      throw e;
    }
  }
}
