package dev.hotupdater.mongo;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.Rollout;
import java.util.Optional;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * A document of the collection of bundles. It may come from other software, which need not have
 * checked it: what can be made sense of is, and the rest is read as the Node server reads it.
 *
 * @param document what is stored
 */
record BundleDocument(BsonDocument document) {
  /** The id as it stands there, perhaps in upper case; empty text if it is no text. */
  String storedId() {
    return Values.text(document, Fields.ID).orElse("");
  }

  /** The id; absent if it is none. */
  Optional<BundleId> id() {
    return BundleId.parse(storedId());
  }

  /** The bundle, without its patches; absent if the document makes no sense as one. */
  Optional<Bundle> bundle() {
    Optional<BundleId> id = id();
    Optional<Platform> platform = text("platform").flatMap(Platform::fromWireName);
    Optional<String> fileHash = text("file_hash");
    Optional<String> channel = text("channel");
    Optional<String> storageUri = text("storage_uri");
    if (id.isEmpty()
        || platform.isEmpty()
        || fileHash.isEmpty()
        || channel.isEmpty()
        || storageUri.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Bundle.builder()
            .id(id.get())
            .platform(platform.get())
            .shouldForceUpdate(Values.flag(document, "should_force_update"))
            .enabled(Values.flag(document, "enabled"))
            .fileHash(fileHash.get())
            .gitCommitHash(text("git_commit_hash"))
            .message(text("message"))
            .channel(channel.get())
            .storageUri(storageUri.get())
            .targetAppVersion(text("target_app_version"))
            .fingerprintHash(text("fingerprint_hash"))
            .metadata(JsonField.metadata(Values.get(document, "metadata")))
            .rollout(rollout())
            .targetCohorts(JsonField.cohorts(Values.get(document, "target_cohorts")))
            .manifestStorageUri(text("manifest_storage_uri"))
            .manifestFileHash(text("manifest_file_hash"))
            .assetBaseStorageUri(text("asset_base_storage_uri"))
            .build());
  }

  private Optional<String> text(String field) {
    return Values.text(document, field);
  }

  /** A count that nobody can read reaches nobody. */
  private Rollout rollout() {
    BsonValue count = Values.get(document, "rollout_cohort_count");
    return count.isNull()
        ? Rollout.FULL
        : Rollout.of((int) Math.max(0, Math.min(Rollout.FULL.count(), Values.number(count))));
  }

  /** The fields that hold a bundle, without its patches and without its id. */
  static BsonDocument fields(Bundle bundle) {
    return new BsonDocument()
        .append("platform", new BsonString(bundle.platform().wireName()))
        .append("should_force_update", BsonBoolean.valueOf(bundle.shouldForceUpdate()))
        .append("enabled", BsonBoolean.valueOf(bundle.enabled()))
        .append("file_hash", new BsonString(bundle.fileHash()))
        .append("git_commit_hash", Values.of(bundle.gitCommitHash()))
        .append("message", Values.of(bundle.message()))
        .append("channel", new BsonString(bundle.channel()))
        .append("storage_uri", new BsonString(bundle.storageUri()))
        .append("target_app_version", Values.of(bundle.targetAppVersion()))
        .append("fingerprint_hash", Values.of(bundle.fingerprintHash()))
        .append("metadata", JsonField.write(bundle.metadata()))
        .append("manifest_storage_uri", Values.of(bundle.manifestStorageUri()))
        .append("manifest_file_hash", Values.of(bundle.manifestFileHash()))
        .append("asset_base_storage_uri", Values.of(bundle.assetBaseStorageUri()))
        .append("rollout_cohort_count", new BsonInt32(bundle.rollout().count()))
        .append("target_cohorts", JsonField.write(bundle.targetCohorts()));
  }
}
