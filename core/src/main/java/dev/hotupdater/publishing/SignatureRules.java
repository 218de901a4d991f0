package dev.hotupdater.publishing;

import dev.hotupdater.release.App;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.VerificationKey;
import dev.hotupdater.signature.InvalidSignatureTextException;
import dev.hotupdater.signature.MinisignPublicKey;
import dev.hotupdater.signature.MinisignSignature;
import dev.hotupdater.signature.MinisignVerifier;
import dev.hotupdater.signature.SecretKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an app demands of the signatures of a version, as far as it can be told without the bytes.
 * An app without keys takes any text that is not a secret key.
 *
 * @param app the app with its keys
 * @param version the version that is signed
 */
record SignatureRules(App app, ReleaseVersion version) {
  /**
   * Reads a signature.
   *
   * @param field what it is called where it was given
   * @throws InvalidReleaseException if it is none, or a secret key
   * @throws UploadRejectedException if it is one of another key or another version
   */
  GivenSignature read(String field, String text) {
    try {
      SecretKeys.refuseIn(text);
      return app.verifiesSignatures()
          ? verifiable(MinisignSignature.parse(text))
          : GivenSignature.opaque(text);
    } catch (InvalidSignatureTextException e) {
      throw new InvalidReleaseException(
          field, "The field '" + field + "' is not usable. " + e.getMessage());
    }
  }

  /**
   * Reads the signatures of an artifact.
   *
   * @param fileSize the size of the artifact in bytes
   * @throws InvalidReleaseException if one is none, or two are of the same key
   * @throws UploadRejectedException if one is of another key or another version, or cannot be
   *     verified over that many bytes
   */
  List<GivenSignature> readAll(List<String> texts, long fileSize) {
    List<GivenSignature> all = texts.stream().map(text -> read("signatures", text)).toList();
    Set<String> keyIds = new HashSet<>();
    for (GivenSignature each : all) {
      each.keyId()
          .filter(keyId -> !keyIds.add(keyId))
          .ifPresent(keyId -> refuse("has two of the key " + keyId + "; give one of each key"));
    }
    checkLegacy(all, fileSize);
    return all;
  }

  private static void refuse(String problem) {
    throw new InvalidReleaseException("signatures", "The field 'signatures' " + problem + ".");
  }

  /** A legacy signature needs all the bytes in memory while it is verified. */
  private static void checkLegacy(List<GivenSignature> all, long fileSize) {
    long legacy = all.stream().filter(GivenSignature::isLegacy).count();
    if (legacy > 1) {
      refuse("has several of the legacy kind; sign with a current tool, which hashes the file");
    }
    if (legacy == 1 && fileSize > MinisignVerifier.MAX_LEGACY_BYTES) {
      throw new UploadRejectedException(
          "The signature is of the legacy kind, which is taken for files of up to "
              + MinisignVerifier.MAX_LEGACY_BYTES
              + " bytes only. Sign the file with a current tool, which hashes it first.");
    }
  }

  private GivenSignature verifiable(MinisignSignature signature) {
    VerificationKey key =
        app.key(signature.keyId().toString()).orElseThrow(() -> unknownKey(signature));
    signature
        .signedVersion()
        .filter(signed -> !isThisVersion(signed))
        .ifPresent(this::refuseSigned);
    return GivenSignature.verifiable(signature, MinisignPublicKey.parse(key.text()));
  }

  private UploadRejectedException unknownKey(MinisignSignature signature) {
    return new UploadRejectedException(
        "The signature was made with the key "
            + signature.keyId()
            + ", but the app has the keys "
            + app.keys().stream().map(VerificationKey::id).collect(Collectors.joining(", "))
            + ". Sign the file with one of these, or register the public key of that one first.");
  }

  /** As the clients compare: a leading v is none of the version, and build metadata counts. */
  private boolean isThisVersion(String signed) {
    Optional<ReleaseVersion> parsed = ReleaseVersion.parse(withoutLeadingV(signed));
    return parsed.filter(each -> each.compareTo(version) == 0).isPresent();
  }

  private static String withoutLeadingV(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == 'v') {
      start++;
    }
    return text.substring(start);
  }

  private void refuseSigned(String signed) {
    throw new UploadRejectedException(
        "The file was signed as version '"
            + signed
            + "', but the release is "
            + version
            + ", so that clients would refuse it. Sign the file of this version.");
  }
}
