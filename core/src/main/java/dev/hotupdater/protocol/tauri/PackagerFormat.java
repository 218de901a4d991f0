package dev.hotupdater.protocol.tauri;

import dev.hotupdater.release.ArtifactTarget;
import java.util.Map;
import java.util.Optional;

/**
 * What cargo-packager calls a bundle type. Its clients refuse an update without it; those of Tauri
 * do not look at it.
 *
 * <p>Source: Tauri protocol, section 10.
 */
final class PackagerFormat {
  private static final Map<String, String> BY_BUNDLE_TYPE =
      Map.of("app", "app", "appimage", "appimage", "nsis", "nsis", "msi", "wix", "wix", "wix");

  /** What its clients take on each system, where nobody has said what an artifact is. */
  private static final Map<String, String> USUAL =
      Map.of("darwin", "app", "linux", "appimage", "windows", "nsis");

  private PackagerFormat() {}

  /** The format of an artifact; empty if it has none. */
  static Optional<String> of(ArtifactTarget target) {
    return target.bundleType().isPresent()
        ? Optional.ofNullable(BY_BUNDLE_TYPE.get(target.bundleType().get()))
        : Optional.ofNullable(USUAL.get(target.target()));
  }
}
