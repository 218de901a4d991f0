package dev.hotupdater.protocol.capacitor;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.http.RouteHandler;
import dev.hotupdater.protocol.Backend;

/**
 * Takes what the updater plugins of apps tell of their updates, one thing or many at a time. A
 * version that failed on a device is not offered to it again. Safe for use by many threads.
 *
 * <p>Source: Capacitor protocols, section A7.
 */
public final class CapacitorStatistics {
  private final StatisticsHandler handler;

  private CapacitorStatistics(StatisticsHandler handler) {
    this.handler = handler;
  }

  /**
   * The statistics over the parts of a server.
   *
   * @param options which app counts
   * @throws IllegalArgumentException if the server's database records no releases, or nothing of
   *     devices
   */
  public static CapacitorStatistics of(Backend backend, CheckOptions options) {
    requireNonNull(backend, "backend");
    requireNonNull(options, "options");
    return new CapacitorStatistics(new StatisticsHandler(backend, new AskedApp(options.app())));
  }

  /** Takes events in a JSON body. */
  public RouteHandler post() {
    return handler::answer;
  }
}
