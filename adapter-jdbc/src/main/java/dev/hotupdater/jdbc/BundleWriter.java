package dev.hotupdater.jdbc;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.database.CommitPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** Writes what a {@link CommitPlan} has worked out. */
final class BundleWriter {
  /** All columns but the id, in the order in which {@link #bind} binds them. */
  private static final List<String> COLUMNS =
      List.of(
          "platform",
          "should_force_update",
          "enabled",
          "file_hash",
          "git_commit_hash",
          "message",
          "channel",
          "storage_uri",
          "target_app_version",
          "fingerprint_hash",
          "metadata",
          "rollout_cohort_count",
          "target_cohorts",
          "manifest_storage_uri",
          "manifest_file_hash",
          "asset_base_storage_uri");

  private static final Set<String> JSON_COLUMNS = Set.of("metadata", "target_cohorts");

  private final Session session;
  private final Map<BundleId, String> storedIds;

  /**
   * Creates a writer.
   *
   * @param storedIds the ids that have a row, each as it stands there
   */
  BundleWriter(Session session, Map<BundleId, String> storedIds) {
    this.session = session;
    this.storedIds = storedIds;
  }

  void write(CommitPlan plan) {
    deletePatches("bundle_id", plan.withoutPatches());
    deletePatches("base_bundle_id", plan.withoutPatches());
    delete("bundles", "id", plan.absent());
    List<Bundle> created = new ArrayList<>();
    List<Bundle> replaced = new ArrayList<>();
    List<BundleId> ids = new ArrayList<>();
    for (Bundle bundle : plan.present()) {
      (storedIds.containsKey(bundle.id()) ? replaced : created).add(bundle);
      ids.add(bundle.id());
    }
    insert(created);
    update(replaced);
    deletePatches("bundle_id", ids);
    insertPatches(plan.present());
  }

  private void deletePatches(String column, Collection<BundleId> ids) {
    delete("bundle_patches", column, ids);
  }

  private void delete(String table, String column, Collection<BundleId> ids) {
    Set<String> texts = new LinkedHashSet<>();
    for (BundleId id : ids) {
      texts.add(id.toString());
      texts.add(storedId(id));
    }
    for (List<String> chunk : Chunks.of(texts)) {
      Sql condition = Sql.in(column, session.syntax().id(), chunk);
      session.update(Sql.of("delete from " + table + " where ").append(condition));
    }
  }

  private void insert(List<Bundle> bundles) {
    List<String> parameters = new ArrayList<>();
    COLUMNS.forEach(column -> parameters.add(parameter(column)));
    String sql =
        "insert into bundles ("
            + String.join(", ", COLUMNS)
            + ", id) values ("
            + String.join(", ", parameters)
            + ", "
            + session.syntax().id()
            + ")";
    batch(sql, bundles);
  }

  private void update(List<Bundle> bundles) {
    List<String> assignments = new ArrayList<>();
    COLUMNS.forEach(column -> assignments.add(column + " = " + parameter(column)));
    batch(
        "update bundles set "
            + String.join(", ", assignments)
            + " where id = "
            + session.syntax().id(),
        bundles);
  }

  private String parameter(String column) {
    return JSON_COLUMNS.contains(column) ? session.syntax().json() : "?";
  }

  private void batch(String sql, List<Bundle> bundles) {
    if (bundles.isEmpty()) {
      return;
    }
    try (PreparedBatch batch = session.handle().prepareBatch(sql)) {
      for (Bundle bundle : bundles) {
        bind(batch, bundle);
        batch.add();
      }
      batch.execute();
    }
  }

  private void bind(SqlStatement<?> statement, Bundle bundle) {
    int i = 0;
    statement.bind(i++, bundle.platform().wireName());
    statement.bind(i++, bundle.shouldForceUpdate());
    statement.bind(i++, bundle.enabled());
    statement.bind(i++, bundle.fileHash());
    statement.bind(i++, bundle.gitCommitHash().orElse(null));
    statement.bind(i++, bundle.message().orElse(null));
    statement.bind(i++, bundle.channel());
    statement.bind(i++, bundle.storageUri());
    statement.bind(i++, bundle.targetAppVersion().orElse(null));
    statement.bind(i++, bundle.fingerprintHash().orElse(null));
    statement.bind(i++, bundle.metadata().toJson());
    statement.bind(i++, bundle.rollout().count());
    statement.bind(i++, bundle.targetCohorts().map(JsonColumn::write).orElse(null));
    statement.bind(i++, bundle.manifestStorageUri().orElse(null));
    statement.bind(i++, bundle.manifestFileHash().orElse(null));
    statement.bind(i++, bundle.assetBaseStorageUri().orElse(null));
    statement.bind(i, storedId(bundle.id()));
  }

  private void insertPatches(Collection<Bundle> bundles) {
    if (bundles.stream().allMatch(bundle -> bundle.patches().isEmpty())) {
      return;
    }
    String id = session.syntax().id();
    String sql =
        "insert into bundle_patches (id, bundle_id, base_bundle_id, base_file_hash,"
            + " patch_file_hash, patch_storage_uri, order_index) values (?, "
            + id
            + ", "
            + id
            + ", ?, ?, ?, ?)";
    try (PreparedBatch batch = session.handle().prepareBatch(sql)) {
      for (Bundle bundle : bundles) {
        for (int i = 0; i < bundle.patches().size(); i++) {
          add(batch, bundle.id(), bundle.patches().get(i), i);
        }
      }
      batch.execute();
    }
  }

  private void add(PreparedBatch batch, BundleId bundleId, BundlePatch patch, int index) {
    String owner = storedId(bundleId);
    String base = storedId(patch.baseBundleId());
    batch
        .bind(0, owner + ":" + base)
        .bind(1, owner)
        .bind(2, base)
        .bind(3, patch.baseFileHash())
        .bind(4, patch.patchFileHash())
        .bind(5, patch.patchStorageUri())
        .bind(6, index)
        .add();
  }

  private String storedId(BundleId id) {
    return storedIds.getOrDefault(id, id.toString());
  }
}
