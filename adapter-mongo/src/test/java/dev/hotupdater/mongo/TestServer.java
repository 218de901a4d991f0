package dev.hotupdater.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A standalone MongoDB server in this process, without sessions and transactions. */
final class TestServer implements AutoCloseable {
  private final MongoServer server;
  private final InetSocketAddress address;
  private final List<MongoClient> clients = new ArrayList<>();

  private TestServer(MongoServer server) {
    this.server = server;
    server.bind("127.0.0.1", 0);
    address = server.getLocalAddress();
  }

  static TestServer start() {
    return new TestServer(new MongoServer(new MemoryBackend()));
  }

  /** A server that passes for a replica set with transactions. */
  static TestServer of(TransactionalBackend backend) {
    TestServer server = new TestServer(new MongoServer(backend));
    backend.listensOn("127.0.0.1:" + server.address.getPort());
    return server;
  }

  /** A server that has change streams. */
  static TestServer withChangeStreams() {
    return withChangeStreams(new MemoryBackend());
  }

  /** A server of this kind that has change streams. */
  static TestServer withChangeStreams(MemoryBackend backend) {
    MongoServer server = new MongoServer(backend);
    server.enableOplog();
    return new TestServer(server);
  }

  InetSocketAddress address() {
    return address;
  }

  /** A client of this server, which is closed with it. */
  MongoClient client() {
    return client(address.getPort());
  }

  /** A client of something in front of this server, which is closed with it. */
  MongoClient client(int port) {
    MongoClient client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:" + port))
                .build());
    clients.add(client);
    return client;
  }

  /** The name of a database that has the schema and nothing else. */
  String emptied() {
    String name = unused();
    MongoSchema.of(client(), name).migrate();
    return name;
  }

  /** The name of a database that does not exist. */
  static String unused() {
    return "test_" + UUID.randomUUID().toString().replace('-', '_');
  }

  MongoDatabase database(String name) {
    return client().getDatabase(name);
  }

  @Override
  public void close() {
    clients.forEach(MongoClient::close);
    server.shutdownNow();
  }
}
