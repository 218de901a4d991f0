package dev.hotupdater.bundle;

import dev.hotupdater.internal.ContentHash;
import java.nio.charset.StandardCharsets;

/**
 * A fingerprint of everything in a bundle. Two bundles with the same revision are equal, whichever
 * database or server they were read from; so it serves both as HTTP entity tag and as the
 * expectation of a conditional write.
 *
 * @param value 32 hexadecimal digits
 */
public record BundleRevision(String value) {
  /** The revision of this bundle. */
  public static BundleRevision of(Bundle bundle) {
    return new BundleRevision(
        ContentHash.of(BundleJson.write(bundle).toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return value;
  }
}
