package dev.hotupdater.patches;

/** A patch is none, is damaged, belongs to another file, or makes a file that is too large. */
public final class MalformedPatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception without a cause. */
  MalformedPatchException(String message) {
    super(message);
  }

  /** Creates the exception. */
  MalformedPatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
