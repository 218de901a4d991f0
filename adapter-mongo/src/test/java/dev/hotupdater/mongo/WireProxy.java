package dev.hotupdater.mongo;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bson.RawBsonDocument;

/** A network in front of a server, which can fail at any of the writes that pass. */
final class WireProxy implements AutoCloseable {
  /** What becomes of a write. */
  enum Fate {
    PASSES,
    /** The connection breaks before the server has got the write. */
    IS_LOST,
    /** The server does the write, and the connection breaks before its answer. */
    IS_NOT_ANSWERED
  }

  private static final int HEADER = 16;
  private static final int OP_MSG = 2013;
  private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");

  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final Supplier<Fate> fates;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private WireProxy(ServerSocket listener, InetSocketAddress server, Supplier<Fate> fates) {
    this.listener = listener;
    this.server = server;
    this.fates = fates;
  }

  /**
   * Starts a proxy.
   *
   * @param fates is asked about each write, one after the other; while it does not answer, the
   *     write is on its way
   */
  static WireProxy start(InetSocketAddress server, Supplier<Fate> fates) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      WireProxy proxy = new WireProxy(listener, server, fates);
      proxy.thread(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  private void thread(Runnable work) {
    Thread thread = new Thread(work, "wire-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket upstream = new Socket(server.getAddress(), server.getPort());
        sockets.add(client);
        sockets.add(upstream);
        thread(() -> forward(client, upstream));
      }
    } catch (IOException e) {
      close();
    }
  }

  /** The driver asks on each connection for one thing at a time, and so it goes to and fro. */
  private void forward(Socket client, Socket upstream) {
    try (client;
        upstream) {
      DataInputStream requests = new DataInputStream(client.getInputStream());
      DataInputStream answers = new DataInputStream(upstream.getInputStream());
      while (true) {
        byte[] request = message(requests);
        Fate fate = isWrite(request) ? fates.get() : Fate.PASSES;
        if (fate == Fate.IS_LOST) {
          return;
        }
        send(upstream.getOutputStream(), request);
        byte[] answer = message(answers);
        if (fate == Fate.IS_NOT_ANSWERED) {
          return;
        }
        send(client.getOutputStream(), answer);
      }
    } catch (IOException e) {
      // One side has closed its connection; so does this one.
    } finally {
      sockets.remove(client);
      sockets.remove(upstream);
    }
  }

  private static void send(OutputStream out, byte[] message) throws IOException {
    out.write(message);
    out.flush();
  }

  private static byte[] message(InputStream in) throws IOException {
    byte[] length = in.readNBytes(Integer.BYTES);
    if (length.length < Integer.BYTES) {
      throw new IOException("closed");
    }
    int size = littleEndian(length).getInt(0);
    byte[] message = new byte[size];
    System.arraycopy(length, 0, message, 0, Integer.BYTES);
    if (in.readNBytes(message, Integer.BYTES, size - Integer.BYTES) < size - Integer.BYTES) {
      throw new IOException("closed");
    }
    return message;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean isWrite(byte[] message) {
    ByteBuffer buffer = littleEndian(message);
    int body = HEADER + Integer.BYTES + 1;
    if (buffer.getInt(12) != OP_MSG) {
      return false;
    }
    RawBsonDocument command = new RawBsonDocument(message, body, buffer.getInt(body));
    return WRITES.contains(command.getFirstKey());
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
