package dev.hotupdater.benchmarks.client;

import dev.hotupdater.benchmarks.catalogue.Sdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a server says, without what the container adds to every answer. Read from a connection of
 * its own.
 *
 * @param status the status code
 * @param fields the header fields in their order
 * @param body the body as text
 */
public record Answer(int status, List<Field> fields, String body) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final Set<String> OF_THE_CONTAINER =
      Set.of("connection", "content-length", "date", "server");

  /**
   * A header field.
   *
   * @param name as it was sent
   * @param value as it was sent
   */
  public record Field(String name, String value) {
    private static Field of(String line) {
      int colon = line.indexOf(':');
      return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    private boolean isOfTheContainer() {
      return OF_THE_CONTAINER.contains(name.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Asks as the React Native library does.
   *
   * @throws UncheckedIOException if there is no answer
   */
  public static Answer get(URI address) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()),
          (int) TIMEOUT.toMillis());
      socket.getOutputStream().write(request(address.getRawPath()));
      return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("No answer from " + address, e);
    }
  }

  private static byte[] request(String path) {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            + Sdk.HEADER
            + ": "
            + Sdk.VERSION
            + END_OF_HEAD;
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  private static Answer parse(String text) throws IOException {
    int end = text.indexOf(END_OF_HEAD);
    if (end < 0) {
      throw new IOException("The answer has no end of its head");
    }
    String[] lines = text.substring(0, end).split("\r\n", -1);
    return new Answer(
        Integer.parseInt(lines[0].split(" ", -1)[1]),
        Stream.of(lines).skip(1).map(Field::of).filter(field -> !field.isOfTheContainer()).toList(),
        text.substring(end + END_OF_HEAD.length()));
  }

  /** The body as it was sent. */
  public byte[] bodyBytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
