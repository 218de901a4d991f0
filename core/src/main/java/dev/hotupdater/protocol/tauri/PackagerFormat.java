package dev.hotupdater.protocol.tauri;

import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactTarget;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What cargo-packager calls a bundle type. Its clients refuse an update without it; those of Tauri
 * do not look at it.
 *
 * <p>Source: Tauri protocol, section 10.
 */
final class PackagerFormat {
  private static final String MSI = ".msi";
  private static final String WIX = "wix";
  private static final String ANY = "app";

  private static final Map<String, String> BY_BUNDLE_TYPE =
      Map.of("app", "app", "appimage", "appimage", "nsis", "nsis", "msi", WIX);

  /** What its clients take on each system, where nobody has said what an artifact is. */
  private static final Map<String, String> USUAL =
      Map.of("darwin", "app", "linux", "appimage", "windows", "nsis");

  private PackagerFormat() {}

  /** The format of an artifact; empty if it has none. */
  static Optional<String> of(Artifact artifact) {
    ArtifactTarget target = artifact.target();
    if (target.bundleType().isPresent()) {
      return Optional.ofNullable(BY_BUNDLE_TYPE.get(target.bundleType().get()));
    }
    boolean isMsi =
        artifact.fileName().filter(name -> name.toLowerCase(Locale.ROOT).endsWith(MSI)).isPresent();
    return Optional.ofNullable(isMsi ? WIX : USUAL.get(target.target()));
  }

  /**
   * The format of an artifact in a file for everybody. Its clients refuse the whole file for one
   * that they do not know, even if it is of an artifact that they never look for.
   */
  static String inFile(Artifact artifact) {
    return of(artifact).orElse(ANY);
  }
}
