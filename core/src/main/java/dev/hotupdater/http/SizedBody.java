package dev.hotupdater.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A request body that must have a certain size. Reading it fails as soon as it turns out to have
 * another: with {@link BodyTooLargeException} if it is larger, with {@link
 * MalformedRequestException} if it ends early or cannot be read. Not for use by several threads.
 */
public final class SizedBody extends InputStream {
  private final InputStream body;
  private final long size;
  private long count;

  private SizedBody(InputStream body, long size) {
    this.body = body;
    this.size = size;
  }

  /**
   * The body of a request.
   *
   * @param size the bytes it must have
   * @throws BodyTooLargeException if its Content-Length says that it is larger
   * @throws MalformedRequestException if its Content-Length says that it is smaller
   */
  public static SizedBody of(RouteRequest request, long size) {
    request.checkDeclaredLength(size);
    OptionalLong declared = request.declaredLength();
    if (declared.isPresent() && declared.getAsLong() < size) {
      throw wrongSize(declared.getAsLong(), size);
    }
    return new SizedBody(request.http().body(), size);
  }

  private static MalformedRequestException wrongSize(Object found, long size) {
    return new MalformedRequestException(
        "The request body has " + found + " bytes instead of " + size + ".");
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    int read;
    try {
      read = body.read(target, offset, length);
    } catch (IOException e) {
      throw new MalformedRequestException("The request body could not be read to its end.");
    }
    if (read < 0) {
      if (count < size) {
        throw wrongSize(count, size);
      }
      return -1;
    }
    count += read;
    if (count > size) {
      throw new BodyTooLargeException(size);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
