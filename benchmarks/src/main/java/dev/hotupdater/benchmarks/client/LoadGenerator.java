package dev.hotupdater.benchmarks.client;

import dev.hotupdater.benchmarks.catalogue.Sdk;
import dev.hotupdater.benchmarks.process.Pause;
import dev.hotupdater.benchmarks.report.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Sends requests when they are due, and measures each from that time on. If all connections are
 * busy then, the request waits for one, and its waiting counts: a server that stalls is measured by
 * all the requests that came meanwhile, not only by those that it was given (no coordinated
 * omission).
 *
 * <p>One thread does everything, so that it takes little from the server beside it. It looks at the
 * clock and the connections about every 20 microseconds; that is the resolution of the latencies.
 */
public final class LoadGenerator {
  private static final long PAUSE_NANOS = 20_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private final InetSocketAddress server;
  private final List<byte[]> requests;
  private final int connections;

  private LoadGenerator(InetSocketAddress server, List<byte[]> requests, int connections) {
    this.server = server;
    this.requests = requests;
    this.connections = connections;
  }

  /** A generator of requests with these paths, one after the other, again and again. */
  public static LoadGenerator of(int port, List<String> paths, int connections) {
    return new LoadGenerator(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        paths.stream().map(LoadGenerator::request).toList(),
        connections);
  }

  private static byte[] request(String path) {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + Sdk.HEADER
            + ": "
            + Sdk.VERSION
            + "\r\n\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Sends so many requests.
   *
   * @param limit when to stop, whether all have been answered or not
   * @throws UncheckedIOException if a connection breaks, or an answer has another status than 200
   */
  public LoadResult run(Schedule schedule, int count, Duration limit) {
    try (Selector selector = Selector.open()) {
      return new Run(selector, schedule, count, limit.toNanos()).toEnd();
    } catch (IOException e) {
      throw new UncheckedIOException("The load on " + server + " broke off", e);
    }
  }

  /** One load from its start to its end. */
  private final class Run {
    private final Selector selector;
    private final Schedule schedule;
    private final int count;
    private final long limit;
    private final List<LoadConnection> all = new ArrayList<>();
    private final Deque<LoadConnection> idle = new ArrayDeque<>();
    private final double[] latencies;
    private final long start;
    private int sent;
    private int answered;

    Run(Selector selector, Schedule schedule, int count, long limit) throws IOException {
      this.selector = selector;
      this.schedule = schedule;
      this.count = count;
      this.limit = limit;
      latencies = new double[count];
      try {
        for (int i = 0; i < connections; i++) {
          all.add(LoadConnection.open(server, selector));
        }
      } catch (IOException e) {
        close();
        throw e;
      }
      idle.addAll(all);
      start = System.nanoTime();
    }

    LoadResult toEnd() throws IOException {
      try {
        long now = elapsed();
        while (answered < count && now < limit) {
          boolean busy = sendDue(now) | receive();
          if (!busy) {
            Pause.ofNanos(PAUSE_NANOS);
          }
          now = elapsed();
        }
        return result(elapsed());
      } finally {
        close();
      }
    }

    private long elapsed() {
      return System.nanoTime() - start;
    }

    private boolean sendDue(long now) throws IOException {
      int before = sent;
      while (sent < count && !idle.isEmpty() && schedule.dueNanos(sent) <= now) {
        idle.remove().send(requests.get(sent % requests.size()), schedule.dueNanos(sent));
        sent++;
      }
      return sent > before;
    }

    private boolean receive() throws IOException {
      int before = answered;
      // Not a lambda, as reading throws.
      selector.selectNow();
      for (var key : selector.selectedKeys()) {
        LoadConnection connection = (LoadConnection) key.attachment();
        if (connection.receive()) {
          record(elapsed() - connection.dueNanos());
          idle.add(connection);
        }
      }
      selector.selectedKeys().clear();
      return answered > before;
    }

    private void record(long nanos) {
      latencies[answered] = nanos / NANOS_PER_MILLI;
      answered++;
    }

    private LoadResult result(long end) {
      long inTime = answered;
      all.stream()
          .filter(LoadConnection::isWaiting)
          .forEach(connection -> record(end - connection.dueNanos()));
      for (int i = sent; i < count && schedule.dueNanos(i) <= end; i++) {
        record(end - schedule.dueNanos(i));
      }
      return new LoadResult(
          inTime,
          answered - inTime,
          Duration.ofNanos(end),
          Distribution.of(Arrays.copyOf(latencies, answered)));
    }

    private void close() throws IOException {
      for (LoadConnection connection : all) {
        connection.close();
      }
    }
  }
}
