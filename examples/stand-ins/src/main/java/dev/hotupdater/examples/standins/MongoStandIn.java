package dev.hotupdater.examples.standins;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A server in memory that speaks the wire protocol of MongoDB, without transactions. */
public final class MongoStandIn implements AutoCloseable {
  private final MongoServer server;
  private final String url;

  private MongoStandIn(MongoServer server, String url) {
    this.server = server;
    this.url = url;
  }

  /** Starts it on a free port of the loopback address. */
  public static MongoStandIn start() {
    MongoServer server = new MongoServer(new MemoryBackend());
    return new MongoStandIn(server, server.bindAndGetConnectionString());
  }

  /** The connection string. */
  public String url() {
    return url;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
