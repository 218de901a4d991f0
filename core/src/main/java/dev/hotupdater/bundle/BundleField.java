package dev.hotupdater.bundle;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** The fields of a bundle that a JSON object may set, each with the way to read and to set it. */
enum BundleField {
  PLATFORM("platform", true, BundleFields::platform, Bundle.Builder::platform),
  SHOULD_FORCE_UPDATE(
      "shouldForceUpdate", true, BundleFields::bool, Bundle.Builder::shouldForceUpdate),
  ENABLED("enabled", true, BundleFields::bool, Bundle.Builder::enabled),
  FILE_HASH("fileHash", true, BundleFields::text, Bundle.Builder::fileHash),
  STORAGE_URI("storageUri", true, BundleFields::text, Bundle.Builder::storageUri),
  GIT_COMMIT_HASH(
      "gitCommitHash", false, BundleFields::optionalText, Bundle.Builder::gitCommitHash),
  MESSAGE("message", false, BundleFields::optionalText, Bundle.Builder::message),
  CHANNEL("channel", false, BundleFields::text, Bundle.Builder::channel),
  TARGET_APP_VERSION(
      "targetAppVersion", false, BundleFields::optionalText, Bundle.Builder::targetAppVersion),
  FINGERPRINT_HASH(
      "fingerprintHash", false, BundleFields::optionalText, Bundle.Builder::fingerprintHash),
  METADATA("metadata", false, BundleFields::optionalMetadata, BundleField::mergeOrClearMetadata),
  MANIFEST_STORAGE_URI(
      "manifestStorageUri", false, BundleFields::optionalText, Bundle.Builder::manifestStorageUri),
  MANIFEST_FILE_HASH(
      "manifestFileHash", false, BundleFields::optionalText, Bundle.Builder::manifestFileHash),
  ASSET_BASE_STORAGE_URI(
      "assetBaseStorageUri",
      false,
      BundleFields::optionalText,
      Bundle.Builder::assetBaseStorageUri),
  PATCHES("patches", false, BundleFields::patches, Bundle.Builder::patches),
  ROLLOUT_COHORT_COUNT("rolloutCohortCount", false, BundleFields::rollout, Bundle.Builder::rollout),
  TARGET_COHORTS(
      "targetCohorts", false, BundleFields::optionalCohorts, Bundle.Builder::targetCohorts);

  private final String jsonName;
  private final boolean required;
  private final Function<BundleFields, Consumer<Bundle.Builder>> reader;

  <T> BundleField(
      String jsonName,
      boolean required,
      BiFunction<BundleFields, String, T> reader,
      BiConsumer<Bundle.Builder, T> setter) {
    this.jsonName = jsonName;
    this.required = required;
    this.reader =
        fields -> {
          T value = reader.apply(fields, jsonName);
          return bundle -> setter.accept(bundle, value);
        };
  }

  String jsonName() {
    return jsonName;
  }

  /** Whether a whole bundle must name the field, with a value that is not null. */
  boolean isRequired() {
    return required;
  }

  /** Reads the value now, so that a wrong type is reported before anything else happens. */
  Consumer<Bundle.Builder> read(BundleFields fields) {
    return reader.apply(fields);
  }

  private static void mergeOrClearMetadata(Bundle.Builder bundle, Optional<Metadata> value) {
    value.ifPresentOrElse(bundle::mergeMetadata, () -> bundle.metadata(Metadata.empty()));
  }
}
