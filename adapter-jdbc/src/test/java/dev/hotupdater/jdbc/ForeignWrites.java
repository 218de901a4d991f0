package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Platform;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Changes of every kind on one database, made with SQL at different times after the start of a
 * server, and how long it takes that server to know of each.
 */
final class ForeignWrites {
  private static final Duration PROMISE = Duration.ofSeconds(10);

  /** When changes are made in a transaction each, after the start of the server. */
  private static final List<Duration> QUICK =
      List.of(
          Duration.ofMillis(100),
          Duration.ofMillis(2_300),
          Duration.ofMillis(4_500),
          Duration.ofMillis(6_700));

  /** When all changes are made in one transaction, and for how long it stays open. */
  private static final Duration SLOW = Duration.ofMillis(1_000);

  private static final Duration SLOW_STAYS_OPEN = Duration.ofMillis(1_000);

  private static final int IDS_PER_PHASE = 1_000;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration BETWEEN_OWN_WRITES = Duration.ofMillis(300);

  private final HikariDataSource pool;
  private final Dialect dialect;
  private final List<List<ForeignChange>> quick = new ArrayList<>();
  private final List<ForeignChange> slow;
  private final ConcurrentLinkedQueue<Committed> pending = new ConcurrentLinkedQueue<>();
  private volatile boolean allSeen;

  private record Committed(ForeignChange change, long at) {}

  /**
   * How it went.
   *
   * @param changes how many changes were made and seen
   * @param slowestMillis how long the slowest took to be seen
   */
  record Summary(int changes, long slowestMillis) {}

  private ForeignWrites(HikariDataSource pool, Dialect dialect) {
    this.pool = pool;
    this.dialect = dialect;
    slow = ForeignChange.ofEveryKind("slow-", IDS_PER_PHASE);
    for (int phase = 0; phase < QUICK.size(); phase++) {
      quick.add(ForeignChange.ofEveryKind("phase-" + phase + "-", IDS_PER_PHASE * (phase + 2)));
    }
  }

  /** On a database to which nobody else writes. */
  static Summary alone(HikariDataSource pool, Dialect dialect) throws Exception {
    return new ForeignWrites(pool, dialect).run(false);
  }

  /** On a database to which servers of ours write as well, which must not hide the other writes. */
  static Summary amongOwnWrites(HikariDataSource pool, Dialect dialect) throws Exception {
    return new ForeignWrites(pool, dialect).run(true);
  }

  private Summary run(boolean ownWrites) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (HotUpdater other = server()) {
      List<Bundle> before = new ArrayList<>();
      slow.forEach(change -> before.addAll(change.before()));
      quick.forEach(phase -> phase.forEach(change -> before.addAll(change.before())));
      other.bundles().publish(before);
      try (HotUpdater watched = server()) {
        List<Future<?>> writers = new ArrayList<>();
        writers.add(threads.submit(this::changeOneByOne));
        writers.add(threads.submit(this::changeAllInOneTransaction));
        Future<?> own =
            threads.submit(() -> writeOwn(ownWrites ? List.of(other, watched) : List.of()));
        Summary summary = watch(watched, writers);
        allSeen = true;
        own.get();
        return summary;
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private HotUpdater server() {
    return HotUpdater.builder().database(JdbcDatabase.create(pool)).build();
  }

  private Summary watch(HotUpdater server, List<Future<?>> writers) throws Exception {
    int seen = 0;
    long slowest = 0;
    while (!areDone(writers) || !pending.isEmpty()) {
      for (Iterator<Committed> i = pending.iterator(); i.hasNext(); ) {
        Committed committed = i.next();
        boolean visible = committed.change().visible().test(server.bundles());
        long nanos = System.nanoTime() - committed.at();
        assertTrue(
            nanos <= PROMISE.toNanos(),
            () -> committed.change().name() + " is not known after " + PROMISE.toSeconds() + " s");
        if (visible) {
          i.remove();
          seen++;
          slowest = Math.max(slowest, Duration.ofNanos(nanos).toMillis());
        }
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    return new Summary(seen, slowest);
  }

  private static boolean areDone(List<Future<?>> writers) {
    return writers.stream().allMatch(Future::isDone);
  }

  private Void changeOneByOne() throws Exception {
    long start = System.nanoTime();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (int phase = 0; phase < quick.size(); phase++) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        Thread.sleep(Math.max(0, QUICK.get(phase).minus(elapsed).toMillis()));
        for (ForeignChange change : quick.get(phase)) {
          execute(change, statement);
          connection.commit();
          pending.add(new Committed(change, System.nanoTime()));
        }
      }
    }
    return null;
  }

  private Void changeAllInOneTransaction() throws Exception {
    Thread.sleep(SLOW.toMillis());
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (ForeignChange change : slow) {
        execute(change, statement);
      }
      Thread.sleep(SLOW_STAYS_OPEN.toMillis());
      connection.commit();
      long committedAt = System.nanoTime();
      slow.forEach(change -> pending.add(new Committed(change, committedAt)));
    }
    return null;
  }

  private Connection connect() throws SQLException {
    Connection connection = pool.getConnection();
    if (dialect == Dialect.SQLITE) {
      // It has one writer at a time, and the others have to wait for it.
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma busy_timeout = 20000");
      }
    }
    connection.setAutoCommit(false);
    return connection;
  }

  private static void execute(ForeignChange change, Statement statement) throws SQLException {
    for (String sql : change.sql()) {
      assertTrue(statement.executeUpdate(sql) > 0, change.name());
    }
  }

  private Void writeOwn(List<HotUpdater> servers) throws InterruptedException {
    Bundle bundle =
        Bundle.builder()
            .id(BundleId.of("0198c0de-0000-7000-8000-000000000001"))
            .platform(Platform.IOS)
            .fileHash("hash")
            .channel("own")
            .storageUri("https://updates.test/own.zip")
            .targetAppVersion(Optional.of("1.x"))
            .build();
    for (int write = 0; !servers.isEmpty() && !allSeen; write++) {
      Optional<String> message = Optional.of("write " + write);
      HotUpdater server = servers.get(write % servers.size());
      server.bundles().publish(bundle.toBuilder().message(message).build());
      Thread.sleep(BETWEEN_OWN_WRITES.toMillis());
    }
    return null;
  }
}
