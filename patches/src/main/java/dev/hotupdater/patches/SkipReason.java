package dev.hotupdater.patches;

/**
 * Why no patch was made from a base. Nothing is recorded then, and nothing stored, except that
 * {@link #CHANGED_MEANWHILE} may leave a file behind that nobody refers to.
 */
public enum SkipReason {
  /** One of the two bundles does not exist, or not any more. */
  UNKNOWN_BUNDLE,
  /** The two bundles are for different platforms. */
  OTHER_PLATFORM,
  /** The base is not older than the target. */
  NOT_OLDER,
  /** A bundle was published without a manifest, or its manifest is not in the storage. */
  NO_MANIFEST,
  /** A manifest cannot be read, or is not the one that was published. */
  BAD_MANIFEST,
  /** A manifest has not exactly one file whose name ends in {@code .bundle}. */
  NOT_ONE_SCRIPT,
  /** The script bundles of the two have different paths, so that a device would not patch one. */
  OTHER_SCRIPT_PATH,
  /** The script bundles are the same: devices do not download it anyway. */
  UNCHANGED,
  /** A script bundle is not where it should be stored. */
  FILE_MISSING,
  /** A script bundle cannot be read, or is not the one that the manifest lists. */
  BAD_FILE,
  /** A file is larger than {@link BundlePatches.Builder#maxFileSize} allows. */
  TOO_LARGE,
  /** The patch has as many bytes as the whole file, as it is stored, or more. */
  NOT_SMALLER,
  /** The target's files are in no storage of this server that can be written to. */
  NO_WRITABLE_STORAGE,
  /** The target was published anew, or the base deleted, while the patch was made. */
  CHANGED_MEANWHILE
}
