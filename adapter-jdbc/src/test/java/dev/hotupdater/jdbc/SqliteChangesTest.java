package dev.hotupdater.jdbc;

import dev.hotupdater.database.Revision;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SQLite has no foreign keys here, and tells letter case apart. */
class SqliteChangesTest extends JdbcChangesTests {
  SqliteChangesTest() {
    super(TestServer.SQLITE);
  }

  private void insertPatch(String bundleId, String base) throws Exception {
    execute(
        "insert into bundle_patches (id, bundle_id, base_bundle_id, base_file_hash,"
            + " patch_file_hash, patch_storage_uri, order_index) values ('x', '"
            + bundleId
            + "', '"
            + base
            + "', 'base-2', 'patch', 's3://updates/patch', 0)");
  }

  @Test
  void changesSince_aBaseCameForAPatchThatHadNone_haveTheBundleWithThePatch() throws Exception {
    put(bundle(1));
    insertPatch(id(1).toString(), id(2).toString());
    Revision known = store().revision();

    put(bundle(2));

    assertDelta(known, List.of(bundle(1, 2), bundle(2)), Set.of());
  }

  @Test
  void changesSince_theDeletionOfABaseInUpperCase_haveTheBundlesThatLostAPatch() throws Exception {
    put(bundle(1), bundle(2));
    insertPatch(upperCase(1), upperCase(2));
    execute("update bundles set id = upper(id)");
    Revision known = store().revision();
    assertDelta(known, List.of(), Set.of());

    delete(2);

    assertDelta(known, List.of(bundle(1)), Set.of(id(2)));
  }

  private static String upperCase(int number) {
    return id(number).toString().toUpperCase(Locale.ROOT);
  }
}
