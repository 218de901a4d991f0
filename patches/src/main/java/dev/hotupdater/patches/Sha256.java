package dev.hotupdater.patches;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 in lower-case hexadecimal, as bundles and manifests have it. */
final class Sha256 {
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");

  private Sha256() {}

  static String of(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Whether the text is a hash, and not the signature that may be in its place. */
  static boolean isHash(String text) {
    return FORM.matcher(text).matches();
  }
}
