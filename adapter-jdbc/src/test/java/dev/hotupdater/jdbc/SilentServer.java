package dev.hotupdater.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A server on the loopback interface that accepts connections and passes them on to a database, if
 * it has one, until it is told to fall silent. From then on it keeps connections open and says
 * nothing, as a frozen server does.
 */
final class SilentServer implements AutoCloseable {
  private final ServerSocket listening;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final int target;
  private volatile boolean silent;

  private SilentServer(int target) throws IOException {
    this.target = target;
    silent = target == 0;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** A server that has never said anything. */
  static SilentServer mute() throws IOException {
    return new SilentServer(0);
  }

  /** A server that passes everything on to a port of the loopback interface, for now. */
  static SilentServer inFrontOf(int port) throws IOException {
    return new SilentServer(port);
  }

  int port() {
    return listening.getLocalPort();
  }

  void fallSilent() {
    silent = true;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "silent-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        sockets.add(client);
        if (!silent) {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
          sockets.add(server);
          start(() -> pass(client, server));
          start(() -> pass(server, client));
        }
      }
    } catch (IOException e) {
      if (!listening.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = from.getInputStream().read(buffer); n >= 0; ) {
        if (silent) {
          closed.await();
        }
        to.getOutputStream().write(buffer, 0, n);
        n = from.getInputStream().read(buffer);
      }
      to.close();
    } catch (IOException e) {
      closeQuietly(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    closed.countDown();
    sockets.forEach(SilentServer::closeQuietly);
  }
}
