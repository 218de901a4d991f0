package dev.hotupdater.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The body of a response. Whoever received the response closes it. */
public sealed interface HttpBody extends AutoCloseable {
  /** The size in bytes. */
  long length();

  /** Writes the bytes. Can be called once. */
  void writeTo(OutputStream out) throws IOException;

  /** Lets go of what the body holds, written or not. */
  @Override
  void close() throws IOException;

  /** A body without bytes. */
  static HttpBody empty() {
    return of(new byte[0]);
  }

  /** A body of these bytes, which must not change any more. */
  static HttpBody of(byte[] bytes) {
    return new Bytes(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
  }

  /**
   * A body that is read from a stream.
   *
   * @param content closed with the body
   * @param length how many bytes it has
   */
  static HttpBody of(InputStream content, long length) {
    return new Stream(content, length);
  }

  /**
   * A body that is in memory.
   *
   * @param buffer the bytes
   */
  record Bytes(ByteBuffer buffer) implements HttpBody {
    @Override
    public long length() {
      return buffer.remaining();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      out.write(bytes);
    }

    @Override
    public void close() {
      // Memory needs no release.
    }
  }

  /**
   * A body that is read from a stream.
   *
   * @param content the stream
   * @param size how many bytes it has
   */
  record Stream(InputStream content, long size) implements HttpBody {
    @Override
    public long length() {
      return size;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      content.transferTo(out);
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
