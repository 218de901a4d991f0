package dev.hotupdater.mongo;

import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.testkit.ReleaseDatabaseContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of releases on a server without transactions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandaloneReleasesTest extends ReleaseDatabaseContract {
  private final TestServer server = TestServer.start();

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected ReleaseDatabase createDatabase() {
    return MongoBundleDatabase.create(server.client(), server.emptied());
  }
}
