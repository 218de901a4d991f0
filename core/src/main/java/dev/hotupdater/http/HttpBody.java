package dev.hotupdater.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * The body of a response. Whoever received the response closes it.
 *
 * <p>One that is in memory ({@link Bytes}) is immutable: it may be written any number of times, by
 * many threads at once, and closing it changes nothing. One that is read from a stream belongs to
 * one response to one request.
 */
public sealed interface HttpBody extends AutoCloseable {
  /** The size in bytes. */
  long length();

  /** Writes the bytes. Can be called once, or if they are in memory, as often as one likes. */
  void writeTo(OutputStream out) throws IOException;

  /** Lets go of what the body holds, written or not. */
  @Override
  void close() throws IOException;

  /** A body without bytes. */
  static HttpBody empty() {
    return Bytes.EMPTY;
  }

  /** A body of these bytes, which must not change any more. */
  static HttpBody of(byte[] bytes) {
    return new Bytes(bytes);
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

  /** A body that is in memory. Immutable. */
  final class Bytes implements HttpBody {
    private static final HttpBody EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
      this.bytes = requireNonNull(bytes, "bytes");
    }

    /** The bytes, for reading only. Every call gives a buffer of its own. */
    public ByteBuffer buffer() {
      return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public long length() {
      return bytes.length;
    }

    /** Hands over the bytes as they are: a stream must not change what it is given to write. */
    @Override
    public void writeTo(OutputStream out) throws IOException {
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
