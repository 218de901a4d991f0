package dev.hotupdater.publishing.web;

import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.signature.SigningKeys;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The signatures of this server under archives. */
final class Signing {
  private Signing() {}

  /** One signature by each key. */
  static List<ArtifactSignature> signatures(SigningKeys keys, InputStream content)
      throws IOException {
    return keys.sign(content).stream()
        .map(made -> new ArtifactSignature(made.text(), Optional.of(made.keyId())))
        .toList();
  }
}
