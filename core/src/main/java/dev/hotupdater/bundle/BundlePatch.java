package dev.hotupdater.bundle;

/**
 * A binary difference that turns the script bundle of an older bundle into that of the bundle which
 * carries this patch.
 *
 * @param baseBundleId the older bundle
 * @param baseFileHash SHA-256 in hexadecimal of the file that the patch applies to
 * @param patchFileHash SHA-256 in hexadecimal of the patch file
 * @param patchStorageUri where the patch file is stored
 */
public record BundlePatch(
    BundleId baseBundleId, String baseFileHash, String patchFileHash, String patchStorageUri) {}
