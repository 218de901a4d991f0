package dev.hotupdater.cli.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that is published, and the SHA-256 that it had when it was looked at. The server compares
 * it with what arrives, so a file that changes on the way is never published.
 *
 * @param sha256 64 hexadecimal digits in lower case
 */
record HashedFile(ArtifactFile file, String sha256) {
  private static final int BUFFER_BYTES = 1 << 16;

  static HashedFile of(ArtifactFile file) {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file.path())) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    } catch (IOException e) {
      throw new PublishException(file.name() + " cannot be read: " + e.getMessage());
    }
    return new HashedFile(file, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
