package dev.hotupdater.benchmarks.nodes;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.benchmarks.database.Databases;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.catalog.Bundles;

/** One of several servers on a database. It shares nothing else with them. */
final class Node implements AutoCloseable {
  private final HikariDataSource dataSource;
  private final HotUpdater updater;

  private Node(HikariDataSource dataSource, HotUpdater updater) {
    this.dataSource = dataSource;
    this.updater = updater;
  }

  static Node start(String jdbcUrl, Hints hints) {
    HikariDataSource dataSource = Databases.open(jdbcUrl);
    try {
      return new Node(dataSource, HotUpdater.builder().database(hints.open(dataSource)).build());
    } catch (RuntimeException e) {
      dataSource.close();
      throw e;
    }
  }

  Bundles bundles() {
    return updater.bundles();
  }

  /** Whether a device is told to switch to this bundle. */
  boolean gives(BundleId bundle, UpdateCheck check) {
    return bundles().decide(check) instanceof UpdateDecision.Update update
        && update.bundle().id().equals(bundle);
  }

  @Override
  public void close() {
    updater.close();
    dataSource.close();
  }
}
