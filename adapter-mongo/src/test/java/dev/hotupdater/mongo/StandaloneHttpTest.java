package dev.hotupdater.mongo;

import dev.hotupdater.database.Database;
import dev.hotupdater.testkit.HotUpdaterHttpContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The routes over a database in MongoDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandaloneHttpTest extends HotUpdaterHttpContract {
  private final TestServer server = TestServer.start();

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected Database createDatabase() {
    return MongoBundleDatabase.create(server.client(), server.emptied());
  }
}
