package dev.hotupdater.publishing;

import dev.hotupdater.release.AppId;

/** There is no such app, or it has no slug yet. The message says what to do. */
public final class UnknownAppException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnknownAppException(String message) {
    super(message);
  }

  /** There is no app with this id. */
  public static UnknownAppException of(AppId id) {
    return new UnknownAppException(
        "There is no app '"
            + id
            + "'. It is created by giving it a slug, or by its first web bundle.");
  }

  static UnknownAppException withoutSlug(AppId id) {
    return new UnknownAppException("The app '" + id + "' has no slug yet. Give it one first.");
  }
}
