package dev.hotupdater.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A fingerprint of everything in a bundle. Two bundles with the same revision are equal, whichever
 * database or server they were read from; so it serves both as HTTP entity tag and as the
 * expectation of a conditional write.
 *
 * @param value 32 hexadecimal digits
 */
public record BundleRevision(String value) {
  private static final int BYTES = 16;

  /** The revision of this bundle. */
  public static BundleRevision of(Bundle bundle) {
    byte[] json = BundleJson.write(bundle).toString().getBytes(StandardCharsets.UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
      return new BundleRevision(HexFormat.of().formatHex(digest, 0, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
