package dev.hotupdater.servlet;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request. The container is asked for it when it is read. Tomcat's stream waits for
 * more when it is asked for no bytes, and that is what {@link InputStream#readNBytes(int)} asks for
 * when it has got all that it wants.
 */
final class RequestBody extends InputStream {
  private final ServletRequest request;
  private @Nullable InputStream in;

  RequestBody(ServletRequest request) {
    this.request = request;
  }

  private InputStream in() throws IOException {
    if (in == null) {
      in = request.getInputStream();
    }
    return in;
  }

  @Override
  public int read() throws IOException {
    return in().read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return length == 0 ? 0 : in().read(bytes, offset, length);
  }

  @Override
  public int available() throws IOException {
    return in().available();
  }

  /** Leaves the stream to the container, and to {@link UnreadBody} what is left in it. */
  @Override
  public void close() {
    // Nothing to let go of.
  }
}
