package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.ChangeLog;
import dev.hotupdater.database.Revision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of changes, and the fingerprint of what others write. */
abstract class JdbcChangesTests {
  private final TestServer server;
  private @Nullable HikariDataSource pool;
  private @Nullable BundleStore store;

  JdbcChangesTests(TestServer server) {
    this.server = server;
  }

  @BeforeEach
  void createDatabase() throws Exception {
    pool = server.emptied();
    store = JdbcDatabase.create(pool).bundles(RequestContext.none());
  }

  HikariDataSource dataSource() {
    if (pool == null) {
      throw new IllegalStateException("no database");
    }
    return pool;
  }

  BundleStore store() {
    if (store == null) {
      throw new IllegalStateException("no database");
    }
    return store;
  }

  static BundleId id(int number) {
    return BundleId.of(String.format("0198c0de-abcd-7000-8000-%012x", number));
  }

  static Bundle bundle(int number, int... bases) {
    List<BundlePatch> patches = new ArrayList<>();
    for (int base : bases) {
      patches.add(new BundlePatch(id(base), "base-" + base, "patch", "s3://updates/patch"));
    }
    return Bundle.builder()
        .id(id(number))
        .platform(Platform.IOS)
        .fileHash("hash")
        .storageUri("s3://updates/" + number + ".zip")
        .targetAppVersion(Optional.of("1.x"))
        .patches(patches)
        .build();
  }

  Revision put(Bundle... bundles) {
    store().commit(List.of(bundles).stream().map(BundleWrite::put).toList());
    return store().revision();
  }

  Revision delete(int number) {
    store().commit(List.of(BundleWrite.delete(id(number))));
    return store().revision();
  }

  void assertDelta(Revision known, List<Bundle> present, Set<BundleId> absent) {
    BundleDelta delta = store().changesSince(known).orElseThrow();
    assertEquals(store().revision(), delta.revision());
    assertEquals(new HashSet<>(present), new HashSet<>(delta.present()));
    assertEquals(absent, delta.absent());
  }

  private void assertUnknown(Revision known) {
    assertEquals(Optional.empty(), store().changesSince(known));
  }

  private void setSetting(String key, String value) throws Exception {
    try (Connection connection = dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update private_hot_updater_settings set value = ? where "
                    + server.dialect().syntax().keyColumn()
                    + " = ?")) {
      statement.setString(1, value);
      statement.setString(2, key);
      assertEquals(1, statement.executeUpdate());
    }
  }

  void execute(String sql) throws Exception {
    Fixtures.execute(dataSource(), sql);
  }

  @Test
  void changesSince_theCurrentRevision_areNone() {
    assertDelta(store().revision(), List.of(), Set.of());

    Revision revision = put(bundle(1));

    assertDelta(revision, List.of(), Set.of());
  }

  @Test
  void changesSince_theTimeBeforeTheFirstCommit_areAll() {
    Revision none = store().revision();

    put(bundle(1), bundle(2, 1));
    delete(3);

    assertDelta(none, List.of(bundle(1), bundle(2, 1)), Set.of(id(3)));
  }

  @Test
  void changesSince_severalCommits_areWhatTheyTouchedAsItIsNow() {
    put(bundle(1), bundle(2), bundle(3));
    Revision known = store().revision();

    put(bundle(4));
    put(bundle(2, 1), bundle(5));
    delete(5);

    assertDelta(known, List.of(bundle(2, 1), bundle(4)), Set.of(id(5)));
  }

  @Test
  void changesSince_theDeletionOfABase_haveTheBundlesThatLostAPatch() {
    Revision known = put(bundle(1), bundle(2), bundle(8, 1, 2), bundle(9, 2));

    delete(1);

    assertDelta(known, List.of(bundle(8, 2)), Set.of(id(1)));
  }

  @Test
  void changesSince_aBaseWasDeletedAndCreatedAgain_haveTheBundlesThatLostAPatch() {
    Revision known = put(bundle(1), bundle(8, 1), bundle(9));

    store().commit(List.of(BundleWrite.delete(id(1)), BundleWrite.put(bundle(1))));

    assertDelta(known, List.of(bundle(1), bundle(8)), Set.of());
  }

  @Test
  void changesSince_aBaseWasReplaced_haveTheBaseOnly() {
    Revision known = put(bundle(1), bundle(8, 1));
    Bundle replaced = bundle(1).toBuilder().message(Optional.of("changed")).build();

    put(replaced);

    assertDelta(known, List.of(replaced), Set.of());
  }

  @Test
  void changesSince_moreCommitsThanTheLogHas_areUnknown() {
    Revision oldest = put(bundle(1));
    Revision next = put(bundle(2));
    for (int i = 1; i < ChangeLog.MAX_COMMITS; i++) {
      put(bundle(3));
    }
    assertDelta(oldest, List.of(bundle(2), bundle(3)), Set.of());

    put(bundle(4));

    assertUnknown(oldest);
    assertDelta(next, List.of(bundle(3), bundle(4)), Set.of());
  }

  @Test
  void changesSince_aCommitThatIsTooLarge_areUnknown() {
    Bundle[] many = new Bundle[ChangeLog.MAX_IDS + 1];
    for (int i = 0; i < many.length; i++) {
      many[i] = bundle(1000 + i);
    }
    Revision before = put(bundle(1));

    Revision after = put(many);
    delete(1000);

    assertUnknown(before);
    assertDelta(after, List.of(), Set.of(id(1000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "nonsense", "2\nstart", "{\"commits\":[[[[", "1\n\n\n", "NaN"})
  void changesSince_withALogThatIsNone_areUnknownUntilTheNextCommit(String text) throws Exception {
    Revision before = put(bundle(1));
    Revision known = put(bundle(2));
    setSetting(ChangeLogRow.KEY, text);

    assertUnknown(before);
    assertDelta(known, List.of(), Set.of());
    put(bundle(3));

    assertUnknown(before);
    assertDelta(known, List.of(bundle(3)), Set.of());
  }

  @Test
  void changesSince_withAnEndlessLog_areUnknown() throws Exception {
    Revision before = put(bundle(1));
    Revision known = put(bundle(2));
    // As long as a text of MySQL can be, and whole as far as anybody reads it.
    String log = "1\n" + known.value() + " " + id(2) + "\n" + before.value();
    setSetting(ChangeLogRow.KEY, log + "\nx".repeat((65_535 - log.length()) / 2));

    assertUnknown(before);
  }

  @Test
  void changesSince_withALogOfSomethingElse_areUnknown() throws Exception {
    Revision before = put(bundle(1));
    Revision known = put(bundle(2));
    setSetting(ChangeLogRow.KEY, "1\nelse " + id(1) + "\n" + before.value());

    assertUnknown(before);
    put(bundle(3));

    assertUnknown(before);
    assertDelta(known, List.of(bundle(3)), Set.of());
  }

  @Test
  void changesSince_aRevisionWasAdvancedWithoutTheLog_areUnknown() throws Exception {
    Revision before = put(bundle(1));
    put(bundle(2));
    setSetting("java_revision", "by-an-older-version");
    Revision known = store().revision();

    assertUnknown(before);
    put(bundle(3));

    assertUnknown(before);
    assertDelta(known, List.of(bundle(3)), Set.of());
  }

  @Test
  void changesSince_withRevisionThatIsNoneOfOurs_areUnknown() throws Exception {
    Revision before = put(bundle(1));
    setSetting("java_revision", "x\n" + before.value());

    put(bundle(2));
    Revision known = store().revision();
    put(bundle(3));

    assertUnknown(before);
    assertDelta(known, List.of(bundle(3)), Set.of());
  }

  @Test
  void changesSince_withoutTheRowOfTheLog_areUnknown() throws Exception {
    Revision before = put(bundle(1));
    Revision known = put(bundle(2));
    String key = server.dialect().syntax().keyColumn();
    execute("delete from private_hot_updater_settings where " + key + " = 'java_changes'");

    assertUnknown(before);
    put(bundle(3));

    assertDelta(known, List.of(bundle(3)), Set.of());
  }

  @Test
  void changesSince_aTouchedRowThatMakesNoSense_haveItAsAbsent() throws Exception {
    Revision known = put(bundle(1));
    put(bundle(2), bundle(3));
    execute("update bundles set platform = 'windows' where id = '" + id(2) + "'");

    assertDelta(known, List.of(bundle(3)), Set.of(id(2)));
  }

  @Test
  void commit_thatFails_leavesTheLogAsItWas() {
    Revision known = put(bundle(1));
    put(bundle(2));

    assertThrows(InvalidBundleException.class, () -> put(bundle(3), bundle(4, 99)));

    assertDelta(known, List.of(bundle(2)), Set.of());
  }

  private String fingerprint() {
    return store().fingerprint().orElseThrow();
  }

  @Test
  void fingerprint_whileNothingChanges_staysTheSame() throws Exception {
    String empty = fingerprint();
    assertEquals(empty, fingerprint());

    put(bundle(1), bundle(2, 1));
    String fingerprint = fingerprint();
    put(bundle(1));

    assertNotEquals(empty, fingerprint);
    assertEquals(fingerprint, fingerprint(), "after a commit that changes no row");
    assertEquals(
        fingerprint,
        JdbcDatabase.create(dataSource())
            .bundles(RequestContext.none())
            .fingerprint()
            .orElseThrow());
  }

  @Test
  void fingerprint_afterEveryKindOfStatement_isAnotherOne() throws Exception {
    put(
        bundle(1),
        bundle(2),
        bundle(3, 1, 2).toBuilder()
            .message(Optional.of("a message"))
            .fingerprintHash(Optional.of("print"))
            .build());
    boolean hasBooleans = server.dialect() == Dialect.POSTGRESQL;
    String no = hasBooleans ? "false" : "0";
    String yes = hasBooleans ? "true" : "1";
    String third = " where id = '" + id(3) + "'";
    List<String> statements =
        List.of(
            "update bundles set message = 'a messagE'" + third,
            "update bundles set message = 'a messagE '" + third,
            "update bundles set message = ''" + third,
            "update bundles set message = null" + third,
            "update bundles set message = 'null'" + third,
            "update bundles set target_app_version = '1', fingerprint_hash = '23'" + third,
            "update bundles set target_app_version = '12', fingerprint_hash = '3'" + third,
            "update bundles set target_app_version = null, fingerprint_hash = '123'" + third,
            "update bundles set git_commit_hash = 'x', message = null" + third,
            "update bundles set git_commit_hash = null, message = 'x'" + third,
            "update bundles set file_hash = 'hash,'" + third,
            "update bundles set enabled = " + no + third,
            "update bundles set enabled = " + yes + ", should_force_update = " + yes + third,
            "update bundles set enabled = " + no + " where id = '" + id(1) + "'",
            "update bundles set enabled = case when id = '"
                + id(1)
                + "' then "
                + yes
                + " else "
                + no
                + " end",
            "update bundles set metadata = '{\"a\":1}'" + third,
            "update bundles set metadata = '{\"a\":2}'" + third,
            "update bundles set target_cohorts = '[]'" + third,
            "update bundles set target_cohorts = '[\"7\"]'" + third,
            "update bundles set rollout_cohort_count = 999" + third,
            "update bundles set message = 'one' where id = '" + id(1) + "'",
            "update bundles set message = 'two' where id = '" + id(2) + "'",
            "update bundles set message = case message when 'one' then 'two' else 'one' end",
            "update bundle_patches set order_index = 7 where base_bundle_id = '" + id(1) + "'",
            "update bundle_patches set patch_file_hash = 'Patch' where order_index = 7",
            "update bundle_patches set id = 'other' where order_index = 7",
            "update bundle_patches set order_index = 7 - order_index",
            "delete from bundle_patches where base_bundle_id = '" + id(1) + "'",
            "insert into bundle_patches (id, bundle_id, base_bundle_id, base_file_hash,"
                + " patch_file_hash, patch_storage_uri, order_index) values ('new', '"
                + id(3)
                + "', '"
                + id(1)
                + "', 'a', 'b', 'c', 0)",
            "delete from bundles where id = '" + id(2) + "'",
            "insert into bundles (id, platform, should_force_update, enabled, file_hash, channel,"
                + " storage_uri, target_app_version, metadata) values ('"
                + id(4)
                + "', 'ios', "
                + no
                + ", "
                + yes
                + ", 'hash', 'beta', 's3://updates/4.zip', '1.x', '{}')");
    Set<String> seen = new HashSet<>(Set.of(fingerprint()));

    for (String sql : statements) {
      execute(sql);

      assertTrue(seen.add(fingerprint()), sql);
      assertEquals(fingerprint(), fingerprint());
    }
  }

  @Test
  void fingerprint_isAboutWhatIsCommitted() throws Exception {
    put(bundle(1));
    String before = fingerprint();
    try (Connection other = dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("update bundles set message = 'changed'");
      assertEquals(before, fingerprint());
      other.rollback();
      assertEquals(before, fingerprint());

      statement.execute("update bundles set message = 'changed'");
      other.commit();
      assertNotEquals(before, fingerprint());
    }
  }

  @Test
  void fingerprint_ofManyRows_seesAnyOfThem() throws Exception {
    Bundle[] many = new Bundle[1500];
    for (int i = 0; i < many.length; i++) {
      many[i] = bundle(i);
    }
    put(many);
    String before = fingerprint();

    execute("update bundles set channel = 'Production' where id = '" + id(1499) + "'");

    assertNotEquals(before, fingerprint());
  }
}
