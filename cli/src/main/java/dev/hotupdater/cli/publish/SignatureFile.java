package dev.hotupdater.cli.publish;

import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.signature.InvalidSignatureTextException;
import dev.hotupdater.signature.MinisignSignature;
import dev.hotupdater.signature.SecretKeys;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a signature file says. Apps may have signatures of any kind, so that only what is wrong for
 * sure is refused here; the rest is up to the server.
 */
final class SignatureFile {
  private SignatureFile() {}

  /**
   * The signature, without white space around it.
   *
   * @param version what the release will be called
   * @throws PublishException if it must not be published, with the beginning of a sentence missing
   */
  static String read(Path file, String version) {
    String text = SmallFile.read(file, ArtifactSignature.MAX_LENGTH).strip();
    if (text.isEmpty()) {
      throw new PublishException("is empty. Sign the file again");
    }
    try {
      SecretKeys.refuseIn(text);
    } catch (InvalidSignatureTextException e) {
      throw new PublishException(String.valueOf(e.getMessage()));
    }
    Optional<String> signedVersion = signedVersion(text);
    if (signedVersion.isPresent() && !signedVersion.get().equals(version)) {
      throw new PublishException(
          "was made for version "
              + signedVersion.get()
              + ", so that no app would take it as "
              + version
              + ". Build this version, and sign what was built");
    }
    return text;
  }

  /** Clients strip a leading v from either side. */
  private static Optional<String> signedVersion(String text) {
    try {
      return MinisignSignature.parse(text)
          .signedVersion()
          .map(signed -> signed.replaceFirst("^v+", ""));
    } catch (InvalidSignatureTextException e) {
      return Optional.empty();
    }
  }
}
