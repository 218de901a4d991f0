package dev.hotupdater.jdbc;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.Rollout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A row of the table of bundles. Rows may come from other software, which need not have checked
 * them: what can be made sense of is, and the rest of a row is read as the Node server reads it.
 *
 * @param storedId the id as it stands in the row, perhaps in upper case
 * @param id the id; absent if it is none
 * @param bundle the bundle, without its patches; absent if the row makes no sense as one
 */
record BundleRow(String storedId, Optional<BundleId> id, Optional<Bundle> bundle) {
  static final String COLUMNS =
      "id, platform, should_force_update, enabled, file_hash, git_commit_hash, message, channel,"
          + " storage_uri, target_app_version, fingerprint_hash, metadata, rollout_cohort_count,"
          + " target_cohorts, manifest_storage_uri, manifest_file_hash, asset_base_storage_uri";

  /** The condition that a row has a bundle, for SQL that counts what {@link #read} reads. */
  static String isReadable(Syntax syntax) {
    return syntax.hasValidId()
        + " and "
        + syntax.exact("platform")
        + " in ('ios', 'android') and file_hash is not null and channel is not null"
        + " and storage_uri is not null";
  }

  static BundleRow read(ResultSet row, SharedMetadata metadata) throws SQLException {
    String storedId = text(row, "id").orElse("");
    Optional<BundleId> id = BundleId.parse(storedId);
    Optional<Bundle> bundle = id.isPresent() ? bundle(row, id.get(), metadata) : Optional.empty();
    return new BundleRow(storedId, id, bundle);
  }

  BundleRow withPatches(List<BundlePatch> patches) {
    return new BundleRow(
        storedId, id, bundle.map(without -> without.toBuilder().patches(patches).build()));
  }

  private static Optional<Bundle> bundle(ResultSet row, BundleId id, SharedMetadata metadata)
      throws SQLException {
    Optional<Platform> platform = text(row, "platform").flatMap(Platform::fromWireName);
    Optional<String> fileHash = text(row, "file_hash");
    Optional<String> channel = text(row, "channel");
    Optional<String> storageUri = text(row, "storage_uri");
    if (platform.isEmpty() || fileHash.isEmpty() || channel.isEmpty() || storageUri.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Bundle.builder()
            .id(id)
            .platform(platform.get())
            .shouldForceUpdate(row.getBoolean("should_force_update"))
            .enabled(row.getBoolean("enabled"))
            .fileHash(fileHash.get())
            .gitCommitHash(text(row, "git_commit_hash"))
            .message(text(row, "message"))
            .channel(channel.get())
            .storageUri(storageUri.get())
            .targetAppVersion(text(row, "target_app_version"))
            .fingerprintHash(text(row, "fingerprint_hash"))
            .metadata(metadata.read(text(row, "metadata")))
            .rollout(text(row, "rollout_cohort_count").map(BundleRow::rollout).orElse(Rollout.FULL))
            .targetCohorts(JsonColumn.cohorts(text(row, "target_cohorts")))
            .manifestStorageUri(text(row, "manifest_storage_uri"))
            .manifestFileHash(text(row, "manifest_file_hash"))
            .assetBaseStorageUri(text(row, "asset_base_storage_uri"))
            .build());
  }

  /** A count that nobody can read reaches nobody. */
  private static Rollout rollout(String count) {
    try {
      double number = Double.parseDouble(count);
      return Rollout.of((int) Math.max(0, Math.min(Rollout.FULL.count(), number)));
    } catch (NumberFormatException e) {
      return Rollout.of(0);
    }
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
