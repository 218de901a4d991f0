package dev.hotupdater.bundle;

/** A bundle, or a change to one, that breaks a rule. Nothing has been stored. */
public final class InvalidBundleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Creates the exception.
   *
   * @param field the JSON name of the offending field, or a path such as {@code patches[0].id}
   * @param message a sentence for the caller that names the field and says what is expected
   */
  public InvalidBundleException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The JSON name of the offending field. */
  public String field() {
    return field;
  }
}
