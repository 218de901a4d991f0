package dev.hotupdater.release;

/**
 * An app, a release or an artifact that breaks a rule, or a request that does. Nothing has been
 * stored.
 */
public final class InvalidReleaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Creates the exception.
   *
   * @param field the JSON name of the offending field
   * @param message a sentence for the caller that names the field and says what is expected
   */
  public InvalidReleaseException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The exception for a field that is not as it is expected to be. */
  static InvalidReleaseException of(String field, String expectation) {
    return new InvalidReleaseException(field, "The field '" + field + "' " + expectation + ".");
  }

  /** The JSON name of the offending field. */
  public String field() {
    return field;
  }
}
