package dev.hotupdater.servlet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request. Tomcat's stream waits for more when it is asked for no bytes, and that is
 * what {@link InputStream#readNBytes(int)} asks for when it has got all that it wants.
 */
final class RequestBody extends FilterInputStream {
  RequestBody(InputStream in) {
    super(in);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return length == 0 ? 0 : super.read(bytes, offset, length);
  }

  /** Leaves the stream to the container, and to {@link UnreadBody} what is left in it. */
  @Override
  public void close() {
    // Nothing to let go of.
  }
}
