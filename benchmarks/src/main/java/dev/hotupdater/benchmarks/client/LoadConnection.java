package dev.hotupdater.benchmarks.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection with at most one request on the way. Not thread-safe. */
final class LoadConnection implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final String OK = "HTTP/1.1 200 ";
  private static final String LENGTH = "\r\ncontent-length:";

  private final SocketChannel channel;
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER);
  private long dueNanos;
  private boolean waiting;

  private LoadConnection(SocketChannel channel) {
    this.channel = channel;
  }

  static LoadConnection open(InetSocketAddress server, Selector selector) throws IOException {
    LoadConnection connection = new LoadConnection(SocketChannel.open(server));
    connection.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    connection.channel.configureBlocking(false);
    connection.channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /** Sends a request that was due at this time. */
  void send(byte[] request, long due) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    dueNanos = due;
    waiting = true;
  }

  /** When the last request was due. */
  long dueNanos() {
    return dueNanos;
  }

  /** Whether the last request has not been answered. */
  boolean isWaiting() {
    return waiting;
  }

  /** Reads what has come, and returns whether the answer is complete. */
  boolean receive() throws IOException {
    if (channel.read(received) < 0) {
      throw new EOFException("The server closed a connection");
    }
    if (!isComplete()) {
      return false;
    }
    received.clear();
    waiting = false;
    return true;
  }

  private boolean isComplete() throws IOException {
    String text = new String(received.array(), 0, received.position(), StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return false;
    }
    if (!text.startsWith(OK)) {
      throw new IOException("Not the expected answer: " + text);
    }
    return text.length() >= head + 4 + bodyLength(text.substring(0, head + 2));
  }

  private static int bodyLength(String head) throws IOException {
    int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("An answer without a length: " + head);
    }
    int start = at + LENGTH.length();
    return Integer.parseInt(head.substring(start, head.indexOf('\r', start)).strip());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
