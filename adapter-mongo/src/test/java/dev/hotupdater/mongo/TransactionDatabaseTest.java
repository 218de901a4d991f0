package dev.hotupdater.mongo;

import dev.hotupdater.database.Database;
import dev.hotupdater.testkit.DatabaseContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on a server that does transactions as far as this library needs them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionDatabaseTest extends DatabaseContract {
  private final TestServer server = TestServer.of(new TransactionalBackend());

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected Database createDatabase() {
    return MongoBundleDatabase.create(server.client(), server.emptied());
  }
}
