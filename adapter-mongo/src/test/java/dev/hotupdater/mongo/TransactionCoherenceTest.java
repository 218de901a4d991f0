package dev.hotupdater.mongo;

import dev.hotupdater.database.Database;
import dev.hotupdater.testkit.CoherenceContract;
import java.time.Duration;

/** Several servers on one database with transactions, each with a client of its own. */
class TransactionCoherenceTest extends CoherenceContract {
  /** Longer than a writer among many has to wait for its turn, on however slow a machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TestServer server = TestServer.of(new TransactionalBackend());
  private String name = "";

  @Override
  protected Database createDatabase() {
    name = server.emptied();
    return anotherDatabase();
  }

  @Override
  protected Database anotherDatabase() {
    return MongoBundleDatabase.builder(server.client(), name).timeout(PATIENCE).build();
  }

  @Override
  protected void dispose() {
    server.close();
  }
}
