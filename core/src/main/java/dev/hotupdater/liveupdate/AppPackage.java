package dev.hotupdater.liveupdate;

import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Release;

/** The packages of the Android apps that web bundles run in. */
public final class AppPackage {
  /** The channel of all packages. */
  public static final String CHANNEL = "apk";

  /** What they are for. */
  public static final String PLATFORM = "android";

  /** The target of a package. */
  public static final ArtifactTarget TARGET = ArtifactTarget.of(PLATFORM, "apk");

  private AppPackage() {}

  /** Whether a release has a package. */
  public static boolean isIn(Release release) {
    return release.artifact(TARGET).isPresent();
  }
}
