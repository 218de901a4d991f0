package dev.hotupdater.publishing;

/** An artifact that is announced with more bytes than the server takes. Nothing has been stored. */
public final class ArtifactTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ArtifactTooLargeException(long limit) {
    super("The field 'file_size' must be at most " + limit + ", which is what this server takes.");
  }
}
