package dev.hotupdater.release;

import java.util.Optional;

/**
 * A signature of an artifact, as clients get it.
 *
 * @param text the signature
 * @param keyId the key that it was verified with; absent if it was not verified
 */
public record ArtifactSignature(String text, Optional<String> keyId) {
  /** The longest signature, in characters. */
  public static final int MAX_LENGTH = 4_096;
}
