package dev.hotupdater.publishing;

/** An artifact with more bytes than the server takes. Nothing has been stored. */
public final class ArtifactTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ArtifactTooLargeException(String message) {
    super(message);
  }

  ArtifactTooLargeException(long limit) {
    this("The field 'file_size' must be at most " + limit + ", which is what this server takes.");
  }

  /** The exception for a file that is here, and has more bytes than the limit. */
  public static ArtifactTooLargeException of(long size, long limit) {
    return new ArtifactTooLargeException(
        "The file has "
            + size
            + " bytes, but at most "
            + limit
            + " are allowed, which is what this server takes.");
  }
}
