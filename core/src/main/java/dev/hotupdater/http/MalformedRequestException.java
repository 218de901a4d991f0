package dev.hotupdater.http;

/** A request that cannot be understood. The message is sent to the client with status 400. */
public final class MalformedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. The message names the field or parameter and says what is expected. */
  public MalformedRequestException(String message) {
    super(message);
  }
}
