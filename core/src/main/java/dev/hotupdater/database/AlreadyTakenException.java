package dev.hotupdater.database;

import dev.hotupdater.release.Release;
import dev.hotupdater.release.Slug;

/** A name that only one may have belongs to another already. Nothing has been written. */
public final class AlreadyTakenException extends DatabaseException {
  private static final long serialVersionUID = 1L;

  private AlreadyTakenException(String message) {
    super(message);
  }

  /** The exception for a slug that another app has. */
  public static AlreadyTakenException slug(Slug slug) {
    return new AlreadyTakenException("The slug '" + slug + "' belongs to another app.");
  }

  /** The exception for a version that another release of the app and channel has. */
  public static AlreadyTakenException version(Release release) {
    return new AlreadyTakenException(
        "The version "
            + release.version()
            + " exists already on the channel '"
            + release.channel()
            + "'. Bytes of a version never change: make a new one.");
  }
}
