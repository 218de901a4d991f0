package dev.hotupdater.bundle;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The fields of a bundle that a JSON object may set, each with the way to read it. */
enum BundleField {
  PLATFORM("platform", true, BundleField::platform),
  SHOULD_FORCE_UPDATE("shouldForceUpdate", true, BundleField::shouldForceUpdate),
  ENABLED("enabled", true, BundleField::enabled),
  FILE_HASH("fileHash", true, BundleField::fileHash),
  STORAGE_URI("storageUri", true, BundleField::storageUri),
  GIT_COMMIT_HASH("gitCommitHash", false, BundleField::gitCommitHash),
  MESSAGE("message", false, BundleField::message),
  CHANNEL("channel", false, BundleField::channel),
  TARGET_APP_VERSION("targetAppVersion", false, BundleField::targetAppVersion),
  FINGERPRINT_HASH("fingerprintHash", false, BundleField::fingerprintHash),
  METADATA("metadata", false, BundleField::metadata),
  MANIFEST_STORAGE_URI("manifestStorageUri", false, BundleField::manifestStorageUri),
  MANIFEST_FILE_HASH("manifestFileHash", false, BundleField::manifestFileHash),
  ASSET_BASE_STORAGE_URI("assetBaseStorageUri", false, BundleField::assetBaseStorageUri),
  PATCHES("patches", false, BundleField::patches),
  ROLLOUT_COHORT_COUNT("rolloutCohortCount", false, BundleField::rollout),
  TARGET_COHORTS("targetCohorts", false, BundleField::targetCohorts);

  private final String jsonName;
  private final boolean required;
  private final Function<BundleFields, Consumer<Bundle.Builder>> reader;

  BundleField(
      String jsonName, boolean required, Function<BundleFields, Consumer<Bundle.Builder>> reader) {
    this.jsonName = jsonName;
    this.required = required;
    this.reader = reader;
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

  private static Consumer<Bundle.Builder> platform(BundleFields fields) {
    Platform value = fields.platform("platform");
    return bundle -> bundle.platform(value);
  }

  private static Consumer<Bundle.Builder> shouldForceUpdate(BundleFields fields) {
    boolean value = fields.bool("shouldForceUpdate");
    return bundle -> bundle.shouldForceUpdate(value);
  }

  private static Consumer<Bundle.Builder> enabled(BundleFields fields) {
    boolean value = fields.bool("enabled");
    return bundle -> bundle.enabled(value);
  }

  private static Consumer<Bundle.Builder> fileHash(BundleFields fields) {
    String value = fields.text("fileHash");
    return bundle -> bundle.fileHash(value);
  }

  private static Consumer<Bundle.Builder> storageUri(BundleFields fields) {
    String value = fields.text("storageUri");
    return bundle -> bundle.storageUri(value);
  }

  private static Consumer<Bundle.Builder> gitCommitHash(BundleFields fields) {
    Optional<String> value = fields.optionalText("gitCommitHash");
    return bundle -> bundle.gitCommitHash(value);
  }

  private static Consumer<Bundle.Builder> message(BundleFields fields) {
    Optional<String> value = fields.optionalText("message");
    return bundle -> bundle.message(value);
  }

  private static Consumer<Bundle.Builder> channel(BundleFields fields) {
    String value = fields.text("channel");
    return bundle -> bundle.channel(value);
  }

  private static Consumer<Bundle.Builder> targetAppVersion(BundleFields fields) {
    Optional<String> value = fields.optionalText("targetAppVersion");
    return bundle -> bundle.targetAppVersion(value);
  }

  private static Consumer<Bundle.Builder> fingerprintHash(BundleFields fields) {
    Optional<String> value = fields.optionalText("fingerprintHash");
    return bundle -> bundle.fingerprintHash(value);
  }

  private static Consumer<Bundle.Builder> metadata(BundleFields fields) {
    Optional<Metadata> value = fields.optionalMetadata("metadata");
    return bundle ->
        value.ifPresentOrElse(bundle::mergeMetadata, () -> bundle.metadata(Metadata.empty()));
  }

  private static Consumer<Bundle.Builder> manifestStorageUri(BundleFields fields) {
    Optional<String> value = fields.optionalText("manifestStorageUri");
    return bundle -> bundle.manifestStorageUri(value);
  }

  private static Consumer<Bundle.Builder> manifestFileHash(BundleFields fields) {
    Optional<String> value = fields.optionalText("manifestFileHash");
    return bundle -> bundle.manifestFileHash(value);
  }

  private static Consumer<Bundle.Builder> assetBaseStorageUri(BundleFields fields) {
    Optional<String> value = fields.optionalText("assetBaseStorageUri");
    return bundle -> bundle.assetBaseStorageUri(value);
  }

  private static Consumer<Bundle.Builder> patches(BundleFields fields) {
    var value = fields.patches("patches");
    return bundle -> bundle.patches(value);
  }

  private static Consumer<Bundle.Builder> rollout(BundleFields fields) {
    Rollout value = fields.rollout("rolloutCohortCount");
    return bundle -> bundle.rollout(value);
  }

  private static Consumer<Bundle.Builder> targetCohorts(BundleFields fields) {
    var value = fields.optionalCohorts("targetCohorts");
    return bundle -> bundle.targetCohorts(value);
  }
}
