package dev.hotupdater.release;

/** Something that a release cannot do, or have done to it, in the state it is in. */
public final class ReleaseStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a sentence that says what to do instead. */
  public ReleaseStateException(String message) {
    super(message);
  }
}
