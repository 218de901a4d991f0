package dev.hotupdater.bundle;

import dev.hotupdater.internal.StorableText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a bundle must satisfy before it is written, beyond having a value of the right type in each
 * field. Source: Hot Updater protocol, "Bundle".
 */
public final class BundleRules {
  /** The longest channel name, in UTF-16 units. */
  public static final int MAX_CHANNEL_LENGTH = 255;

  /**
   * The longest text of any other field, in UTF-16 units. The narrowest column of the supported
   * databases holds 65,535 bytes, and a unit takes at most four.
   */
  public static final int MAX_TEXT_LENGTH = 16_383;

  /**
   * The longest range and the longest fingerprint, in UTF-16 units. Databases look these up in an
   * index, and the narrowest index takes 2,704 bytes.
   */
  public static final int MAX_INDEXED_LENGTH = 600;

  /** The most patches, and the most target cohorts, of one bundle. */
  public static final int MAX_LIST_LENGTH = 1_000;

  /**
   * The most levels of objects and arrays in the metadata, itself included. JSON with more than 64
   * is not read, and a bundle is one level around its metadata.
   */
  public static final int MAX_METADATA_DEPTH = 63;

  /** An http(s) URI goes to clients as it is, so it must name a host. */
  private static final Pattern STORAGE_URI =
      Pattern.compile("(?!(?i:https?):///)[A-Za-z][A-Za-z0-9+.-]*://[^\\s]+");

  private BundleRules() {}

  /**
   * Checks every rule.
   *
   * @throws InvalidBundleException for the first rule that the bundle breaks
   */
  public static void check(Bundle bundle) {
    if (bundle.id().isNil()) {
      throw invalid("id", "must not be the nil UUID, which means the bundle built into the app");
    }
    checkText("channel", bundle.channel(), MAX_CHANNEL_LENGTH);
    if (bundle.channel().isBlank()) {
      throw invalid("channel", "must not be blank");
    }
    checkText("fileHash", bundle.fileHash(), MAX_TEXT_LENGTH);
    if (bundle.fileHash().isBlank()) {
      throw invalid("fileHash", "must not be blank");
    }
    checkStorageUri("storageUri", bundle.storageUri());
    checkText("gitCommitHash", bundle.gitCommitHash());
    checkText("message", bundle.message());
    checkText("targetAppVersion", bundle.targetAppVersion(), MAX_INDEXED_LENGTH);
    checkText("fingerprintHash", bundle.fingerprintHash(), MAX_INDEXED_LENGTH);
    if (bundle.targetAppVersion().isEmpty() && bundle.fingerprintHash().isEmpty()) {
      throw new InvalidBundleException(
          "targetAppVersion", "Bundle must define either targetAppVersion or fingerprintHash.");
    }
    if (bundle.metadata().isDeeperThan(MAX_METADATA_DEPTH)) {
      throw invalid("metadata", "must have at most " + MAX_METADATA_DEPTH + " levels");
    }
    checkText("metadata", bundle.metadata().toJson(), MAX_TEXT_LENGTH);
    if (!bundle.metadata().hasOnlyFiniteNumbers()) {
      throw invalid("metadata", "must not have a number that is too large for a double");
    }
    bundle.manifestStorageUri().ifPresent(uri -> checkStorageUri("manifestStorageUri", uri));
    checkText("manifestFileHash", bundle.manifestFileHash());
    bundle.assetBaseStorageUri().ifPresent(uri -> checkStorageUri("assetBaseStorageUri", uri));
    checkPatches(bundle.patches());
    bundle.targetCohorts().ifPresent(cohorts -> checkTargetCohorts(List.copyOf(cohorts)));
  }

  private static void checkPatches(List<BundlePatch> patches) {
    checkLength("patches", patches.size());
    for (int i = 0; i < patches.size(); i++) {
      BundlePatch patch = patches.get(i);
      String path = "patches[" + i + "].";
      checkText(path + "baseFileHash", patch.baseFileHash(), MAX_TEXT_LENGTH);
      checkText(path + "patchFileHash", patch.patchFileHash(), MAX_TEXT_LENGTH);
      checkStorageUri(path + "patchStorageUri", patch.patchStorageUri());
    }
  }

  private static void checkTargetCohorts(List<Cohort> cohorts) {
    checkLength("targetCohorts", cohorts.size());
    for (int i = 0; i < cohorts.size(); i++) {
      if (!cohorts.get(i).isValid()) {
        throw invalid(
            "targetCohorts[" + i + "]",
            "must be a number from 1 to "
                + Cohort.NUMERIC_COHORTS
                + " or a name of at most "
                + Cohort.MAX_LENGTH
                + " of a-z, 0-9 and '-'");
      }
    }
  }

  private static void checkLength(String field, int length) {
    if (length > MAX_LIST_LENGTH) {
      throw invalid(field, "must have at most " + MAX_LIST_LENGTH + " elements");
    }
  }

  private static void checkStorageUri(String field, String uri) {
    checkText(field, uri, MAX_TEXT_LENGTH);
    if (!STORAGE_URI.matcher(uri).matches()) {
      throw invalid(field, "must be a URI such as s3://bucket/key");
    }
  }

  private static void checkText(String field, Optional<String> text) {
    checkText(field, text, MAX_TEXT_LENGTH);
  }

  private static void checkText(String field, Optional<String> text, int maxLength) {
    text.ifPresent(value -> checkText(field, value, maxLength));
  }

  private static void checkText(String field, String text, int maxLength) {
    StorableText.expectationOf(text, maxLength)
        .ifPresent(
            expectation -> {
              throw invalid(field, expectation);
            });
  }

  private static InvalidBundleException invalid(String field, String expectation) {
    return new InvalidBundleException(field, "Bundle field '" + field + "' " + expectation + ".");
  }
}
