package dev.hotupdater.publishing.web;

/** A file is not the one that its publisher says it is. Nothing has been stored. */
public final class ChecksumMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ChecksumMismatchException(String message) {
    super(message);
  }

  static ChecksumMismatchException of(String expected, String actual) {
    return new ChecksumMismatchException(
        "The file has the SHA-256 "
            + actual
            + ", but "
            + expected
            + " was given as its checksum. Upload the file that the checksum is of.");
  }
}
