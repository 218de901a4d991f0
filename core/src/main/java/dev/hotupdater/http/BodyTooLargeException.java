package dev.hotupdater.http;

/** A request whose body is larger than allowed. The client gets status 413. */
public final class BodyTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for a limit in bytes. */
  public BodyTooLargeException(long limit) {
    super("The request body is larger than " + limit + " bytes.");
  }
}
