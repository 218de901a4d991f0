package dev.hotupdater.publishing;

import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;

/** The app has no such release, or the release no such artifact. */
public final class UnknownReleaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnknownReleaseException(String message) {
    super(message);
  }

  /**
   * The exception for a text that is the id of nothing.
   *
   * @param name what the text is called where it was given
   */
  public static UnknownReleaseException notAnId(String name) {
    return new UnknownReleaseException("There is nothing with this '" + name + "': it is no UUID.");
  }

  /** The exception for a release that the app has not. */
  public static UnknownReleaseException release(AppId app, ReleaseId id) {
    return new UnknownReleaseException("The app '" + app + "' has no release " + id + ".");
  }

  static UnknownReleaseException artifact(ReleaseId release, ReleaseId id) {
    return new UnknownReleaseException(
        "The release " + release + " has no artifact " + id + ". Its upload may have expired.");
  }
}
