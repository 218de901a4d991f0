package dev.hotupdater.jdbc;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of the table of patches: a patch and the bundle that carries it. */
record PatchRow(BundleId bundleId, BundlePatch patch) {
  static final String SELECT =
      "select bundle_id, base_bundle_id, base_file_hash, patch_file_hash, patch_storage_uri"
          + " from bundle_patches";

  /** Precedence; the second column breaks ties as the Node server does. */
  static final String ORDER = " order by order_index, base_bundle_id";

  /** Reads a row; empty if it makes no sense as a patch. */
  static Optional<PatchRow> read(ResultSet row) throws SQLException {
    Optional<BundleId> bundleId = id(row.getString("bundle_id"));
    Optional<BundleId> baseBundleId = id(row.getString("base_bundle_id"));
    String baseFileHash = row.getString("base_file_hash");
    String patchFileHash = row.getString("patch_file_hash");
    String patchStorageUri = row.getString("patch_storage_uri");
    if (bundleId.isEmpty()
        || baseBundleId.isEmpty()
        || baseFileHash == null
        || patchFileHash == null
        || patchStorageUri == null) {
      return Optional.empty();
    }
    return Optional.of(
        new PatchRow(
            bundleId.get(),
            new BundlePatch(baseBundleId.get(), baseFileHash, patchFileHash, patchStorageUri)));
  }

  private static Optional<BundleId> id(@Nullable String text) {
    return Optional.ofNullable(text).flatMap(BundleId::parse);
  }
}
