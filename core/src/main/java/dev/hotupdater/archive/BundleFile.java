package dev.hotupdater.archive;

import static java.util.Objects.requireNonNull;

/**
 * A file of a web bundle. Immutable.
 *
 * @param path where it is below the root of the bundle, with {@code /} between folders; letter for
 *     letter as in the zip, since the pages of the bundle refer to it that way
 * @param size its size in bytes, unpacked
 * @param sha256 the SHA-256 of its content, in 64 lower-case hexadecimal digits
 */
public record BundleFile(String path, long size, String sha256) {
  /** Refuses null. */
  public BundleFile {
    requireNonNull(path, "path");
    requireNonNull(sha256, "sha256");
  }

  /** Whether it has no content. Some clients cannot take such a file in a manifest. */
  public boolean isEmpty() {
    return size == 0;
  }
}
