package dev.hotupdater.publishing.web;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.release.ReleaseVersion;
import java.util.Optional;

/**
 * The package of an Android app as its publisher describes it. Immutable.
 *
 * @param version its version
 * @param fileName the name that it should be saved under; absent if nobody has given one
 * @param sha256 the SHA-256 that it must have, in hexadecimal digits of either letter case; absent
 *     if it is not known
 */
public record NewPackage(
    ReleaseVersion version, Optional<String> fileName, Optional<String> sha256) {
  /** Refuses null. */
  public NewPackage {
    requireNonNull(version, "version");
  }

  /**
   * A package.
   *
   * @param sha256 the SHA-256 that it must have; empty if it is not known
   */
  public static NewPackage of(ReleaseVersion version, String fileName, Optional<String> sha256) {
    return new NewPackage(version, Optional.of(fileName), sha256);
  }
}
