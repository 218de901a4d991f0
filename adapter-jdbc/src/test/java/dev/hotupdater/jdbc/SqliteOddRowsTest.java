package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.database.BundleWrite;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqliteOddRowsTest extends LooselyTypedOddRowsTests {
  SqliteOddRowsTest() {
    super(TestServer.SQLITE);
  }

  @Test
  void rollout_thatIsNoNumber_reachesNobody() throws Exception {
    insert(1, "rollout_cohort_count", "'all of them'");

    assertEquals(0, read(1).rollout().count());
  }

  @Test
  void patchWhoseBaseHasGone_isGoneToo() throws Exception {
    insert(1);
    Fixtures.execute(
        dataSource(),
        "insert into bundle_patches (id, bundle_id, base_bundle_id, base_file_hash,"
            + " patch_file_hash, patch_storage_uri, order_index) values ('x', '"
            + id(1)
            + "', '"
            + id(9)
            + "', 'base', 'patch', 's3://updates/9.bsdiff', 0)");

    assertEquals(bundle(1), read(1));
    assertEquals(List.of(bundle(1)), store().snapshot().bundles());

    Bundle changed = bundle(1).toBuilder().message(Optional.of("changed")).build();
    store().commit(List.of(BundleWrite.replace(changed, BundleRevision.of(bundle(1)))));

    assertEquals(changed, read(1));
    assertEquals(0, count("bundle_patches"));
  }
}
