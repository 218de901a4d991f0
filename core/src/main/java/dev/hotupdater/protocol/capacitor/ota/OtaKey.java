package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.internal.PercentCoding;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.ReleaseVersion;
import java.util.Optional;

/**
 * The name that an uploaded file has in its address. No two files of an app have the same, and no
 * file has two.
 *
 * <p>A web bundle is {@code stable-1.2.0.zip}. Such a name is read with the shortest channel, and
 * so the longest version, that it can be read with. Where that would be another channel than the
 * bundle's, or the bundle is for one platform alone, it is {@code stable~1.2.0~ios.zip}: neither
 * channels nor versions nor platforms have a tilde. An Android package is {@code apk-1.2.0.apk}.
 *
 * @param channel its channel
 * @param version its version
 * @param target what it is for
 */
record OtaKey(String channel, ReleaseVersion version, ArtifactTarget target) {
  private static final int MAX_LENGTH = 300;
  private static final String BUNDLE_END = ".zip";
  private static final String PACKAGE_START = AppPackage.CHANNEL + '-';
  private static final String PACKAGE_END = ".apk";
  private static final ArtifactTarget FOR_ALL = WebArtifact.target(WebArtifact.ANY_PLATFORM);

  /** The key with this text; empty if it is the name of nothing. */
  static Optional<OtaKey> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return (text.endsWith(PACKAGE_END) ? ofPackage(text) : ofBundle(text))
        .filter(key -> key.toString().equals(text));
  }

  /** Whether a part of a path, still percent-encoded, has the form of a key. */
  static boolean isKeyInPath(String text) {
    return PercentCoding.decode(text).flatMap(OtaKey::parse).isPresent();
  }

  /** The key of the Android package of a version; empty if the text is no version. */
  static Optional<OtaKey> ofPackageVersion(String text) {
    return ReleaseVersion.parse(text)
        .map(version -> new OtaKey(AppPackage.CHANNEL, version, AppPackage.TARGET));
  }

  private static Optional<OtaKey> ofPackage(String text) {
    return text.startsWith(PACKAGE_START)
        ? ofPackageVersion(
            text.substring(PACKAGE_START.length(), text.length() - PACKAGE_END.length()))
        : Optional.empty();
  }

  private static Optional<OtaKey> ofBundle(String text) {
    if (!text.endsWith(BUNDLE_END)) {
      return Optional.empty();
    }
    String name = text.substring(0, text.length() - BUNDLE_END.length());
    String[] parts = name.split("~", -1);
    if (parts.length == 1) {
      return ofPlainName(name);
    }
    return parts.length == 3 ? ofParts(parts[0], parts[1], parts[2]) : Optional.empty();
  }

  private static Optional<OtaKey> ofPlainName(String name) {
    for (int end = name.indexOf('-'); end >= 0; end = name.indexOf('-', end + 1)) {
      Optional<ReleaseVersion> version = ReleaseVersion.parse(name.substring(end + 1));
      if (version.isPresent()) {
        return Optional.of(new OtaKey(name.substring(0, end), version.get(), FOR_ALL));
      }
    }
    return Optional.empty();
  }

  private static Optional<OtaKey> ofParts(String channel, String version, String platform) {
    try {
      ArtifactTarget target = WebArtifact.target(platform);
      return ReleaseVersion.parse(version).map(each -> new OtaKey(channel, each, target));
    } catch (InvalidReleaseException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    if (target.equals(AppPackage.TARGET)) {
      return PACKAGE_START + version + PACKAGE_END;
    }
    String plain = channel + '-' + version;
    boolean isPlain =
        target.equals(FOR_ALL)
            && ofPlainName(plain).filter(read -> read.channel.equals(channel)).isPresent();
    return (isPlain ? plain : channel + '~' + version + '~' + target.target()) + BUNDLE_END;
  }
}
