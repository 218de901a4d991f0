package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.Revision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Databases that speak PostgreSQL's protocol and lack some of its functions. Here the functions of
 * a schema of the test take their place and refuse.
 */
class PostgresRefusalTest {
  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private BundleStore store = JdbcDatabase.create(dataSource).bundles(RequestContext.none());

  @BeforeEach
  void createDatabase() throws Exception {
    PGSimpleDataSource plain = (PGSimpleDataSource) TestServer.POSTGRESQL.unpooled();
    JdbcSchema.of(plain).migrate();
    dataSource.setPortNumbers(plain.getPortNumbers());
    dataSource.setServerNames(plain.getServerNames());
    dataSource.setDatabaseName(plain.getDatabaseName());
    dataSource.setUser(plain.getUser());
    dataSource.setCurrentSchema(plain.getCurrentSchema() + ",pg_catalog");
    store = JdbcDatabase.create(dataSource).bundles(RequestContext.none());
  }

  private void refuse(String function, String result, String sqlState) throws Exception {
    Fixtures.execute(
        dataSource,
        "create or replace function "
            + function
            + " returns "
            + result
            + " language plpgsql as $$ begin raise exception 'refused' using errcode = '"
            + sqlState
            + "'; end $$");
  }

  private static Bundle bundle(int number) {
    return Bundle.builder()
        .id(BundleId.of(String.format("0198c0de-abcd-7000-8000-%012d", number)))
        .platform(Platform.IOS)
        .fileHash("hash")
        .storageUri("s3://updates/1.zip")
        .targetAppVersion(Optional.of("1.x"))
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"42883", "42501", "0A000", "XX000", "54000"})
  void commit_whereNotificationsAreRefused_isDoneWithoutOne(String sqlState) throws Exception {
    refuse("pg_notify(text, text)", "void", sqlState);
    Revision before = store.revision();

    store.commit(List.of(BundleWrite.put(bundle(1))));
    store.commit(List.of(BundleWrite.put(bundle(2))));

    assertEquals(
        List.of(bundle(2), bundle(1)),
        store.changesSince(before).orElseThrow().present().stream()
            .sorted((a, b) -> b.id().compareTo(a.id()))
            .toList());
    assertEquals(2, store.snapshot().bundles().size());
  }

  @Test
  void commit_whereNotificationsCollide_isRepeated() throws Exception {
    refuse("pg_notify(text, text)", "void", "40001");

    assertThrows(DatabaseException.class, () -> store.commit(List.of(BundleWrite.put(bundle(1)))));

    assertEquals(List.of(), store.snapshot().bundles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"42883", "42501"})
  void fingerprint_whereItsFunctionIsRefused_isUnknown(String sqlState) throws Exception {
    refuse("hashtextextended(text, bigint)", "bigint", sqlState);
    store.commit(List.of(BundleWrite.put(bundle(1))));

    assertEquals(Optional.empty(), store.fingerprint());
    assertEquals(Optional.empty(), store.fingerprint());
  }

  @Test
  void fingerprint_thatFailsOnce_isAskedForAgain() throws Exception {
    refuse("hashtextextended(text, bigint)", "bigint", "53200");
    store.commit(List.of(BundleWrite.put(bundle(1))));
    assertThrows(DatabaseException.class, () -> store.fingerprint());

    Fixtures.execute(dataSource, "drop function hashtextextended(text, bigint)");

    assertNotEquals(Optional.empty(), store.fingerprint());
  }
}
