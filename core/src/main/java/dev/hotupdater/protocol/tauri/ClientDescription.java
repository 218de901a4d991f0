package dev.hotupdater.protocol.tauri;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.release.Packaging;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseCheck;
import dev.hotupdater.release.ReleaseRules;
import dev.hotupdater.release.ReleaseVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a client says of itself, as it says it. Immutable.
 *
 * <p>Source: Tauri protocol, sections 1 and 2.
 *
 * @param target its operating system, or whatever the app asks for in its place
 * @param arch its processor
 * @param bundleTypes how it was installed, as said in each of the places where it can be
 * @param currentVersion its version
 * @param channel its channel; absent if it names none
 * @param userAgent the software that asks; absent if it does not say
 * @param installId its installation; absent if it does not say
 */
record ClientDescription(
    String target,
    String arch,
    List<String> bundleTypes,
    String currentVersion,
    Optional<String> channel,
    Optional<String> userAgent,
    Optional<String> installId) {
  /** The header field with the installation id, unless another one is chosen. */
  static final String INSTALL_ID_HEADER = "X-Install-Id";

  /** The channel of clients that name none, unless another one is chosen. */
  static final String DEFAULT_CHANNEL = Release.Builder.DEFAULT_CHANNEL;

  private static final int MAX_INSTALL_ID_LENGTH = 200;
  private static final int MAX_QUOTED_LENGTH = 100;
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");

  /** What clients call macOS that are not built with Tauri, and what it is called here. */
  private static final String OTHER_MACOS = "macos";

  private static final String MACOS = "darwin";

  /** What stands for a bundle type that the client does not know, or know of. */
  private static final Set<String> NO_BUNDLE_TYPE = Set.of("", "unknown", "{{bundle_type}}");

  /** What clients call a bundle type that are not built with Tauri, and what it is called here. */
  private static final Map<String, String> OTHER_BUNDLE_TYPES = Map.of("wix", "msi");

  /** The updater of Tauri 1, which installs archives only. */
  private static final String VERSION_1_USER_AGENT = "tauri/updater";

  /** The target that a client means by this one. */
  static String canonicalTarget(String target) {
    return target.equals(OTHER_MACOS) ? MACOS : target;
  }

  static String checkedHeaderName(String name) {
    if (!HEADER_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The header name '" + name + "' is not valid. Use a name such as X-Install-Id.");
    }
    return name;
  }

  static String checkedChannel(String channel) {
    ReleaseRules.checkChannel(channel);
    return channel;
  }

  /**
   * The client as decisions are made about it.
   *
   * @param defaultChannel its channel if it names none
   * @throws MalformedRequestException if its version is none
   */
  ReleaseCheck check(String defaultChannel) {
    return new ReleaseCheck(
        channel.filter(name -> !name.isEmpty()).orElse(defaultChannel),
        version(),
        canonicalTarget(target),
        arch,
        bundleTypes.stream()
            .filter(type -> !NO_BUNDLE_TYPE.contains(type))
            .map(type -> OTHER_BUNDLE_TYPES.getOrDefault(type, type))
            .findFirst(),
        packagings(),
        cohort(),
        true);
  }

  private ReleaseVersion version() {
    String trimmed = currentVersion;
    while (trimmed.startsWith("v")) {
      trimmed = trimmed.substring(1);
    }
    return ReleaseVersion.parse(trimmed)
        .orElseThrow(
            () ->
                new MalformedRequestException(
                    "The current version '"
                        + quoted(currentVersion)
                        + "' "
                        + ReleaseVersion.expectation()
                        + "."));
  }

  private static String quoted(String text) {
    return text.length() <= MAX_QUOTED_LENGTH ? text : text.substring(0, MAX_QUOTED_LENGTH) + "…";
  }

  private List<Packaging> packagings() {
    boolean isVersion1 =
        userAgent.filter(text -> text.startsWith(VERSION_1_USER_AGENT)).isPresent();
    if (isVersion1) {
      return List.of(Packaging.ARCHIVE);
    }
    // Clients of cargo-packager name no software. They unpack on macOS alone, and elsewhere would
    // put an archive in the place of the app.
    return userAgent.isEmpty() && !canonicalTarget(target).equals(MACOS)
        ? List.of(Packaging.FILE)
        : List.of(Packaging.FILE, Packaging.ARCHIVE);
  }

  private Optional<Cohort> cohort() {
    return Stream.of(installId.orElse("").strip())
        .filter(id -> !id.isEmpty() && id.length() <= MAX_INSTALL_ID_LENGTH)
        .map(Cohort::defaultFor)
        .findFirst();
  }
}
