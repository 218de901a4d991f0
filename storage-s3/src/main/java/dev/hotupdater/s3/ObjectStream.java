package dev.hotupdater.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of an answer, all of them or an exception: the HTTP client of the JDK reports a
 * connection that breaks off like the end of the answer.
 */
final class ObjectStream extends InputStream {
  private final ResponseInputStream<?> content;
  private long remaining;

  /**
   * The bytes of an answer.
   *
   * @param length how many bytes it has
   */
  ObjectStream(ResponseInputStream<?> content, long length) {
    this.content = content;
    this.remaining = length;
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
    if (remaining == 0) {
      return -1;
    }
    int count = readContent(target, offset, (int) Math.min(length, remaining));
    if (count < 0) {
      throw new IOException("The answer of S3 broke off " + remaining + " bytes before its end");
    }
    remaining -= count;
    return count;
  }

  private int readContent(byte[] target, int offset, int length) throws IOException {
    try {
      return content.read(target, offset, length);
    } catch (SdkException e) {
      throw new IOException("The answer of S3 could not be read to its end", e);
    }
  }

  /** Does not wait for bytes that nobody wants any more. */
  @Override
  public void close() throws IOException {
    if (remaining == 0) {
      content.close();
    } else {
      content.abort();
    }
  }
}
