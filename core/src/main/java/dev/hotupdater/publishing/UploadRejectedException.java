package dev.hotupdater.publishing;

/**
 * The bytes of an artifact, or a signature of them, are not what they must be. The artifact is not
 * ready, and clients are not offered it.
 */
public final class UploadRejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what is wrong and what to do. */
  UploadRejectedException(String message) {
    super(message);
  }
}
