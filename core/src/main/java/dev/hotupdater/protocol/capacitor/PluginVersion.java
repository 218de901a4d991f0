package dev.hotupdater.protocol.capacitor;

import dev.hotupdater.release.ReleaseVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A version of the updater plugin for Android and iOS, and what came with which. Several major
 * versions are kept alive side by side, so that each has its own first release with a feature.
 * Immutable.
 *
 * <p>Source: Capacitor protocols, section A9.
 */
final class PluginVersion {
  /** Not of the newest generation, as their numbers say, but of the oldest one. */
  private static final Set<String> OLD_WITH_HIGH_NUMBERS = Set.of("9.0.0", "10.0.0");

  private static final long FIRST_SUPPORTED_MAJOR = 5;

  private static final Gate SHA_256 = Gate.from("5.10.0", "6.25.0", "7.0.0");
  private static final Gate MANIFEST = Gate.from("5.10.0", "6.25.0", "7.0.35");
  private static final Gate BUILTIN_REVERT = Gate.from("6.2.0");
  private static final Gate DEFAULT_CHANNEL = Gate.from("5.4.2");
  private static final Gate LOCAL_CHANNEL = Gate.from("5.34.0", "6.34.0", "7.34.0", "8.0.0");
  private static final Gate HEX_CHECKSUM = Gate.from("5.30.0", "6.30.0", "7.30.0", "8.0.0");
  private static final Gate LINK = Gate.from("5.35.0", "6.35.0", "7.35.0", "8.35.0");
  private static final Gate BATCHES = Gate.from("6.42.9", "7.42.3", "8.41.14");
  private static final Gate KIND = Gate.from("5.50.1", "6.50.1", "7.50.1", "8.45.11");
  private static final Gate KEY_ID = Gate.from("8.1.1");
  private static final Gate WHOLE_KEY_ID = Gate.from("8.40.8");

  /** In the older lines it is not known since when, so that this is the earliest it can be. */
  private static final Gate NATIVE_VERSION_OF_BUILTIN =
      Gate.from("5.43.0", "6.43.0", "7.43.0", "8.43.12");

  private static final Gate MANIFEST_SIZE = Gate.from("8.46.4");
  private static final Gate INSTALL_SOURCE = Gate.from("8.49.8");
  private static final Gate RETRY_AFTER = Gate.from("8.51.5");
  private static final Gate CHECKSUM_REQUIRED = Gate.from("8.51.23");
  private static final Gate TRUE_DOWNLOAD_FAILURE = Gate.from("6.14.25", "7.17.0");

  private final ReleaseVersion version;

  private PluginVersion(ReleaseVersion version) {
    this.version = version;
  }

  /** The first versions with a feature, one for each line; all lines after the last have it too. */
  private record Gate(List<ReleaseVersion> firsts) {
    static Gate from(String... firsts) {
      return new Gate(Arrays.stream(firsts).map(ReleaseVersion::of).toList());
    }

    boolean isPassedBy(ReleaseVersion version) {
      ReleaseVersion last = firsts.get(firsts.size() - 1);
      return version.major() > last.major()
          || firsts.stream()
              .filter(first -> first.major() == version.major())
              .anyMatch(first -> first.compareTo(version) <= 0);
    }
  }

  /** The version with this text; empty if it is none. */
  static Optional<PluginVersion> parse(String text) {
    return ReleaseVersion.parse(text).map(PluginVersion::new);
  }

  /** Whether it is one that can be served at all. */
  boolean isSupported() {
    return version.major() >= FIRST_SUPPORTED_MAJOR;
  }

  /** Whether it is of the oldest generation that is served, whatever its number says. */
  boolean isLegacy() {
    return OLD_WITH_HIGH_NUMBERS.contains(version.toString())
        || (version.major() <= FIRST_SUPPORTED_MAJOR && !SHA_256.isPassedBy(version));
  }

  /** Whether it checks the SHA-256 of a zip, and not its CRC-32. */
  boolean checksSha256() {
    return has(SHA_256);
  }

  /** Whether it can load the files of a bundle one by one, compressed or not. */
  boolean loadsManifests() {
    return has(MANIFEST);
  }

  /** Whether it can be told to go back to the bundle that came with the app. */
  boolean revertsToBuiltin() {
    return has(BUILTIN_REVERT);
  }

  /** Whether it says which channel the device has. */
  boolean sendsDefaultChannel() {
    return has(DEFAULT_CHANNEL);
  }

  /** Whether the device keeps the channel that it has chosen, and the server need not. */
  boolean keepsChannel() {
    return has(LOCAL_CHANNEL);
  }

  /** Whether it reads an encrypted checksum as hexadecimal digits, and not as Base64. */
  boolean readsHexChecksum() {
    return has(HEX_CHECKSUM);
  }

  /** Whether it hands a link and a comment to the app. */
  boolean showsLinks() {
    return has(LINK);
  }

  /** Whether it sends statistics many at a time. */
  boolean sendsBatches() {
    return has(BATCHES);
  }

  /** Whether it knows from {@code kind} that an error is no failure. */
  boolean readsKind() {
    return has(KIND);
  }

  /** Whether it names the public key of the app. */
  boolean sendsKeyId() {
    return has(KEY_ID);
  }

  /** Whether what it says of that key is long enough to tell keys apart. */
  boolean sendsWholeKeyId() {
    return has(WHOLE_KEY_ID);
  }

  /** Whether it may call the bundle that came with the app by the native version. */
  boolean mayNameBuiltinByNativeVersion() {
    return has(NATIVE_VERSION_OF_BUILTIN);
  }

  /** Whether it asks for the sizes of single files. */
  boolean asksForSizes() {
    return has(MANIFEST_SIZE);
  }

  /** Whether it says where the app was installed from. */
  boolean sendsInstallSource() {
    return has(INSTALL_SOURCE);
  }

  /** Whether it comes back when it is told to, once it was refused. */
  boolean honoursRetryAfter() {
    return has(RETRY_AFTER);
  }

  /** Whether it refuses a zip that it is told no checksum of. */
  boolean requiresChecksum() {
    return has(CHECKSUM_REQUIRED);
  }

  /**
   * Whether a download has failed when it says so; older ones also say so when there was nothing to
   * download. Source: Capacitor protocols, section A7.
   */
  boolean reportsTrueDownloadFailures() {
    return has(TRUE_DOWNLOAD_FAILURE);
  }

  private boolean has(Gate gate) {
    return !isLegacy() && isSupported() && gate.isPassedBy(version);
  }

  @Override
  public String toString() {
    return version.toString();
  }
}
