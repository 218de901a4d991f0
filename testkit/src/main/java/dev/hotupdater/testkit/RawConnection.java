package dev.hotupdater.testkit;

import dev.hotupdater.http.HttpHeaders;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A connection on which a test writes what it likes. Every other client would repair, refuse or
 * hide what some of the tests are about.
 */
final class RawConnection implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Socket socket;
  private final String authority;
  private final String prefix;
  private final OutputStream out;
  private final InputStream in;

  private RawConnection(Socket socket, URI base) throws IOException {
    this.socket = socket;
    this.authority = base.getRawAuthority();
    this.prefix = base.getRawPath();
    this.out = socket.getOutputStream();
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RawConnection to(URI base) throws IOException {
    Socket socket = new Socket(base.getHost(), base.getPort());
    socket.setTcpNoDelay(true);
    return new RawConnection(socket, base).patience(PATIENCE);
  }

  /** Waits no longer than this for an answer. */
  RawConnection patience(Duration patience) throws IOException {
    socket.setSoTimeout((int) patience.toMillis());
    return this;
  }

  /**
   * Sends the head of a request for a path below the base URI.
   *
   * @param target path and query
   * @param fields more header fields, each with its line break
   */
  RawConnection sendHead(String method, String target, String fields) throws IOException {
    return send(
        method
            + " "
            + prefix
            + target
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\n"
            + fields
            + "\r\n");
  }

  /** Sends these characters, each as one byte. */
  RawConnection send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawConnection send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Sends a request without a body, and reads the answer. */
  RawResponse exchange(String method, String target, String fields) throws IOException {
    sendHead(method, target, fields);
    return read(method);
  }

  /** Ends the sending direction in order. */
  void endRequest() throws IOException {
    socket.shutdownOutput();
  }

  /** Drops the connection, as a client does that crashes. */
  void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /**
   * Reads the answer to a request.
   *
   * @throws EOFException if it ends before it is complete
   */
  RawResponse read(String method) throws IOException {
    while (true) {
      int status = readStatus();
      HttpHeaders headers = readHeaders();
      if (status >= 200) {
        boolean bare = method.equals("HEAD") || status == 204 || status == 304;
        return new RawResponse(status, headers, bare ? new byte[0] : readBody(headers));
      }
    }
  }

  /**
   * Sends a request without a body, and reads the status of the answer; empty if the connection
   * ends before the answer is complete.
   */
  OptionalInt statusIfWhole(String method, String target) throws IOException {
    try {
      return OptionalInt.of(exchange(method, target, "").status());
    } catch (EOFException | SocketException e) {
      return OptionalInt.empty();
    }
  }

  /** Reads the next bytes of a body whose answer was begun with {@link #readStatus}. */
  byte[] readBytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("Only " + bytes.length + " of " + count + " bytes came");
    }
    return bytes;
  }

  int readStatus() throws IOException {
    String line = readLine();
    if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
      throw new IOException("Not the status line of an answer: " + line);
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  HttpHeaders readHeaders() throws IOException {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return headers.build();
  }

  private byte[] readBody(HttpHeaders headers) throws IOException {
    if (headers.first("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
      return readChunks();
    }
    if (headers.first("Content-Length").isPresent()) {
      return readBytes(Integer.parseInt(headers.first("Content-Length").get()));
    }
    return in.readAllBytes();
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(readLine().split(";", 2)[0].strip(), 16);
      body.write(readBytes(size));
      readLine();
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The connection ended within an answer, after: " + line);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
