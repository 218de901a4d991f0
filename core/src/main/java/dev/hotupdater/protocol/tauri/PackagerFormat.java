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

  private PackagerFormat() {}

  /** The format of an artifact; empty if it has none. */
  static Optional<String> of(ArtifactTarget target) {
    return target.bundleType().flatMap(type -> Optional.ofNullable(BY_BUNDLE_TYPE.get(type)));
  }
}
