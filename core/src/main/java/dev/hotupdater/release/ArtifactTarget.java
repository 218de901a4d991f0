package dev.hotupdater.release;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an artifact is for. A release has one artifact for each target.
 *
 * @param target the operating system, such as {@code linux}, {@code darwin} or {@code windows}, or
 *     another name that the app's clients ask for; 1 to 64 characters of {@code a-z A-Z 0-9 . _ -};
 *     not {@code download}
 * @param arch the processor, such as {@code x86_64}, or {@code universal} for one that serves all;
 *     of the same form
 * @param bundleType how the app was installed, such as {@code appimage}, {@code deb} or {@code
 *     nsis}; absent if it does not matter; of the same form
 * @param packaging absent if it is not known, or does not matter
 */
public record ArtifactTarget(
    String target, String arch, Optional<String> bundleType, Optional<Packaging> packaging) {
  /** The processor of an artifact that serves all. */
  public static final String UNIVERSAL = "universal";

  /** Stands in the addresses of downloads where those of clients have their target. */
  private static final String RESERVED_TARGET = "download";

  /** Another name of darwin, which clients that send it are taken to mean. */
  private static final String OTHER_MACOS = "macos";

  /** Another name of msi, which clients that send it are taken to mean. */
  private static final String OTHER_MSI = "wix";

  /** What clients send that do not know how they were installed. */
  private static final String UNKNOWN_BUNDLE_TYPE = "unknown";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");

  /** Checks the names. */
  public ArtifactTarget {
    check("target", target);
    if (target.equals(RESERVED_TARGET)) {
      throw InvalidReleaseException.of("target", "must not be the reserved word " + target);
    }
    if (target.equals(OTHER_MACOS)) {
      throw InvalidReleaseException.of("target", "must be darwin for macOS");
    }
    check("arch", arch);
    bundleType.ifPresent(ArtifactTarget::checkBundleType);
  }

  /** A target for which neither bundle type nor packaging matter. */
  public static ArtifactTarget of(String target, String arch) {
    return new ArtifactTarget(target, arch, Optional.empty(), Optional.empty());
  }

  private static void checkBundleType(String type) {
    check("bundle_type", type);
    if (type.equals(OTHER_MSI)) {
      throw InvalidReleaseException.of("bundle_type", "must be msi for what WiX has made");
    }
    if (type.equals(UNKNOWN_BUNDLE_TYPE)) {
      throw InvalidReleaseException.of(
          "bundle_type", "must not be unknown. Leave it out if it does not matter");
    }
  }

  private static void check(String field, String name) {
    if (!NAME.matcher(name).matches()) {
      throw InvalidReleaseException.of(
          field, "must be 1 to 64 letters, digits, '.', '_' or '-', such as linux or x86_64");
    }
  }

  /** All parts that are there with hyphens between them, such as {@code linux-x86_64-deb}. */
  @Override
  public String toString() {
    return target
        + '-'
        + arch
        + bundleType.map(type -> '-' + type).orElse("")
        + packaging.map(each -> '-' + each.jsonName()).orElse("");
  }
}
