package dev.hotupdater.servlet;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The way to the client. It remembers whether writing failed, because a body that is copied throws
 * the same kind of exception when it cannot be read.
 */
final class ClientStream extends OutputStream {
  private final OutputStream out;
  private long written;
  private boolean gone;

  ClientStream(OutputStream out) {
    this.out = out;
  }

  /** How many bytes the container has taken. */
  long written() {
    return written;
  }

  /** Whether the container could not take some bytes. */
  boolean isGone() {
    return gone;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
      written += length;
    } catch (IOException e) {
      gone = true;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      gone = true;
      throw e;
    }
  }
}
