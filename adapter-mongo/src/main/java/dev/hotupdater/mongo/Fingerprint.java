package dev.hotupdater.mongo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A hash of all documents of a journal, computed here from their bytes: MongoDB has no hash of
 * whole documents that tells all numbers apart. They are transferred, but not decoded, and nothing
 * is made of them.
 */
final class Fingerprint {
  private Fingerprint() {}

  static String of(Access access) {
    MessageDigest hash = sha256();
    // A commit that is not finished changes what is read, but not the documents.
    access
        .head()
        .pending()
        .ifPresent(
            commit -> hash.update(commit.revision().value().getBytes(StandardCharsets.UTF_8)));
    for (NamedCollection table : access.journal().collections()) {
      access.forEachRaw(table, hash::update);
      // No document is as short as this, so that none can move between the collections unnoticed.
      hash.update((byte) 0);
    }
    return HexFormat.of().formatHex(hash.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
