package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A user of the database who has not been granted the tables of releases, or not yet. */
class PostgresReleaseRightsTest {
  private final String role = "reader_" + UUID.randomUUID().toString().replace('-', '_');
  private final PGSimpleDataSource owner;
  private final PGSimpleDataSource reader = new PGSimpleDataSource();

  PostgresReleaseRightsTest() throws Exception {
    owner = (PGSimpleDataSource) TestServer.POSTGRESQL.unpooled();
    reader.setServerNames(owner.getServerNames());
    reader.setPortNumbers(owner.getPortNumbers());
    reader.setDatabaseName(owner.getDatabaseName());
    reader.setCurrentSchema(owner.getCurrentSchema());
    reader.setUser(role);
  }

  @BeforeEach
  void createTablesAndRole() throws Exception {
    JdbcSchema.of(owner).migrateReleases();
    ReleaseFixtures.store(owner).commit(List.of(ReleaseWrite.create(ReleaseFixtures.app(1))));
    Fixtures.execute(
        owner,
        "create role " + role + " login",
        "grant usage on schema " + owner.getCurrentSchema() + " to " + role);
  }

  @AfterEach
  void dropRole() throws Exception {
    Fixtures.execute(owner, "drop owned by " + role, "drop role " + role);
  }

  private void grant() throws Exception {
    Fixtures.execute(
        owner, "grant select on all tables in schema " + owner.getCurrentSchema() + " to " + role);
  }

  private String fingerprintOfTheOwner() {
    return ReleaseFixtures.store(owner).fingerprint().orElseThrow();
  }

  @Test
  void fingerprint_withoutRightsOnTheTables_failsUntilTheyAreGranted() throws Exception {
    ReleaseStore store = ReleaseFixtures.store(reader);
    assertThrows(DatabaseException.class, store::fingerprint);
    assertThrows(DatabaseException.class, store::fingerprint);

    grant();

    assertEquals(fingerprintOfTheOwner(), store.fingerprint().orElseThrow());
  }

  @Test
  void fingerprint_whileRightsAreRevoked_failsUntilTheyAreBack() throws Exception {
    grant();
    ReleaseStore store = ReleaseFixtures.store(reader);
    assertEquals(fingerprintOfTheOwner(), store.fingerprint().orElseThrow());
    Fixtures.execute(owner, "revoke select on hot_updater_apps from " + role);
    assertThrows(DatabaseException.class, store::fingerprint);

    grant();

    assertEquals(fingerprintOfTheOwner(), store.fingerprint().orElseThrow());
  }
}
