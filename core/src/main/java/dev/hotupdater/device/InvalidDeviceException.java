package dev.hotupdater.device;

/** Something that was said of a device breaks a rule. The message names the field. */
public final class InvalidDeviceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Creates it.
   *
   * @param field the field, as it is named in JSON
   * @param expectation what it must be, such as {@code must not be empty}
   */
  public InvalidDeviceException(String field, String expectation) {
    super("'" + field + "' " + expectation + ".");
    this.field = field;
  }

  /** The field, as it is named in JSON. */
  public String field() {
    return field;
  }
}
