package dev.hotupdater.protocol;

import java.util.Map;

/**
 * How large the parts of an upload may be. Immutable.
 *
 * @param fileBytes the largest file
 * @param fieldBytes the text fields that are read, and how many bytes of UTF-8 each may have;
 *     together not more than {@link UploadForm#OVERHEAD_BYTES}
 */
public record UploadLimits(long fileBytes, Map<String, Integer> fieldBytes) {
  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if the file may have no byte, or the fields too many
   */
  public UploadLimits {
    if (fileBytes < 1) {
      throw new IllegalArgumentException("An upload must be allowed at least one byte");
    }
    fieldBytes = Map.copyOf(fieldBytes);
    if (fieldBytes.values().stream().mapToLong(Integer::longValue).sum()
        > UploadForm.OVERHEAD_BYTES) {
      throw new IllegalArgumentException(
          "All fields together may have at most " + UploadForm.OVERHEAD_BYTES + " bytes");
    }
  }

  /** The largest form, with its file. */
  long formBytes() {
    return Math.min(fileBytes, Long.MAX_VALUE - UploadForm.OVERHEAD_BYTES)
        + UploadForm.OVERHEAD_BYTES;
  }
}
