package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.InMemoryDatabase;
import java.time.Duration;
import java.util.List;

/** A server with a catalogue in memory, in this virtual machine. */
public final class MemoryServer {
  /** Nothing is refreshed meanwhile, so that a figure is that of the calls alone. */
  static final Freshness AT_REST = Freshness.polling(Duration.ofDays(1), Duration.ofDays(1));

  private MemoryServer() {}

  /** A builder for a server with these bundles, which nobody changes. */
  public static HotUpdaterBuilder with(List<Bundle> bundles) {
    InMemoryDatabase database = InMemoryDatabase.create();
    database.bundles(RequestContext.none()).commit(bundles.stream().map(BundleWrite::put).toList());
    return HotUpdater.builder().database(database).freshness(AT_REST).basePath(CheckPath.BASE);
  }
}
