package dev.hotupdater.publishing.web;

import dev.hotupdater.archive.BundleFile;
import dev.hotupdater.archive.OpaqueBundle;
import dev.hotupdater.archive.WebBundle;
import dev.hotupdater.archive.ZipAdmission;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.publishing.ArtifactTooLargeException;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.ReleaseRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Looks at files before anything of them is stored. Immutable, safe for use by many threads. */
final class Intake {
  /** The channel of packages. */
  private static final Pattern PLATFORM = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

  /** Devices take the ending away, and so the file would get another name. */
  private static final String BROTLI_SUFFIX = ".br";

  /** The most that the manifest has of a file beside its path. */
  private static final int MANIFEST_BYTES_PER_FILE = 1_000;

  private final ZipAdmission admission;
  private final long maxPackageBytes;
  private final int maxManifestBytes;

  /**
   * Creates it.
   *
   * @param maxManifestBytes the longest manifest that can be read again
   */
  Intake(ZipAdmission admission, long maxPackageBytes, int maxManifestBytes) {
    this.admission = admission;
    this.maxPackageBytes = maxPackageBytes;
    this.maxManifestBytes = maxManifestBytes;
  }

  Upload bundle(NewWebBundle described, Path zip) {
    checkChannel(described.channel());
    if (!PLATFORM.matcher(described.platform()).matches()) {
      throw new InvalidReleaseException(
          "platform", "The field 'platform' must be a name such as android, ios or any.");
    }
    described.encryption().ifPresent(EncryptionRules::check);
    return described.encryption().isPresent() ? encrypted(described, zip) : plain(described, zip);
  }

  private static void checkChannel(String channel) {
    ReleaseRules.checkChannel(channel);
    if (channel.equals(AppPackage.CHANNEL)) {
      throw new InvalidReleaseException(
          "channel", "The field 'channel' must not be " + channel + ", which has packages alone.");
    }
  }

  private Upload plain(NewWebBundle described, Path zip) {
    WebBundle bundle = admission.admit(zip);
    bundle.requireNoStrayNames();
    checkHash(described.sha256(), bundle.sha256());
    OpaqueBundle bytes = new OpaqueBundle(bundle.sha256(), bundle.crc32(), bundle.size());
    return upload(
        described,
        zip,
        bytes,
        Optional.of(bundle).filter(each -> canBeListed(each.files())),
        bundle.rootFolder());
  }

  private Upload encrypted(NewWebBundle described, Path zip) {
    requireAtMost(admission.maxArchiveSize(), zip);
    OpaqueBundle bytes = OpaqueBundle.of(zip);
    if (bytes.size() < 1) {
      throw new InvalidReleaseException("file", "The field 'file' must not be empty.");
    }
    return upload(described, zip, bytes, Optional.empty(), Optional.empty());
  }

  private static Upload upload(
      NewWebBundle described,
      Path zip,
      OpaqueBundle bytes,
      Optional<WebBundle> unpacked,
      Optional<String> rootFolder) {
    return new Upload(
        described.version(),
        described.channel(),
        WebArtifact.target(described.platform()),
        zip,
        plainName(described.fileName(), ".zip", "bundle"),
        bytes,
        unpacked,
        true,
        manifest ->
            new WebArtifact(bytes.crc32(), described.encryption(), manifest, rootFolder)
                .toMetadata(),
        described::describe);
  }

  Upload appPackage(NewPackage described, Path file) {
    requireAtMost(maxPackageBytes, file);
    OpaqueBundle bytes = OpaqueBundle.ofPackage(file);
    checkHash(described.sha256(), bytes.sha256());
    return new Upload(
        described.version(),
        AppPackage.CHANNEL,
        AppPackage.TARGET,
        file,
        plainName(described.fileName(), ".apk", "app"),
        bytes,
        Optional.empty(),
        false,
        manifest -> Metadata.empty(),
        UnaryOperator.identity());
  }

  private static void requireAtMost(long limit, Path file) {
    long size;
    try {
      size = Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The upload could not be read from " + file, e);
    }
    if (size > limit) {
      throw ArtifactTooLargeException.of(size, limit);
    }
  }

  private static void checkHash(Optional<String> expected, String actual) {
    expected
        .map(text -> text.trim().toLowerCase(Locale.ROOT))
        .filter(text -> !text.equals(actual))
        .ifPresent(
            text -> {
              throw ChecksumMismatchException.of(text, actual);
            });
  }

  /** Source: Capacitor protocols, section A6. What cannot be listed is delivered as the zip. */
  private boolean canBeListed(List<BundleFile> files) {
    long bytes = 0;
    for (BundleFile file : files) {
      if (file.path().endsWith(BROTLI_SUFFIX)) {
        return false;
      }
      bytes += MANIFEST_BYTES_PER_FILE + file.path().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes <= maxManifestBytes;
  }

  private static String plainName(Optional<String> given, String suffix, String fallback) {
    return given
        .filter(PLAIN_NAME.asMatchPredicate())
        .filter(name -> name.endsWith(suffix))
        .orElse(fallback + suffix);
  }
}
