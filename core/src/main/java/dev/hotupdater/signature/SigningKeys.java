package dev.hotupdater.signature;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys that web bundles are signed with: the current one, and older ones whose public halves
 * are still in apps. A signature is RSASSA-PSS over the bytes of the zip, with SHA-256, MGF1 of
 * SHA-256, a salt of 32 bytes and trailer field 1, in standard base64. Immutable, safe for use by
 * many threads.
 */
public final class SigningKeys {
  /** The most keys: an artifact keeps one signature of each. */
  public static final int MAX_KEYS = 16;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final List<RsaSigningKey> keys;

  private SigningKeys(List<RsaSigningKey> keys) {
    this.keys = keys;
  }

  /** This key alone. */
  public static SigningKeys of(RsaSigningKey current) {
    return new SigningKeys(List.of(current));
  }

  /**
   * These keys, and older ones, the newest of which comes first.
   *
   * @throws IllegalArgumentException if a key is among them twice, or there are more than {@link
   *     #MAX_KEYS}
   */
  public SigningKeys and(RsaSigningKey... older) {
    List<RsaSigningKey> all = Stream.concat(keys.stream(), Stream.of(older)).toList();
    if (all.size() > MAX_KEYS) {
      throw new IllegalArgumentException("There can be at most " + MAX_KEYS + " signing keys.");
    }
    if (all.stream().map(RsaSigningKey::id).distinct().count() != all.size()) {
      throw new IllegalArgumentException("A signing key was given twice. Give each once.");
    }
    return new SigningKeys(all);
  }

  /** The key that apps which are built now should have. */
  public RsaSigningKey current() {
    return keys.get(0);
  }

  /** All keys, the current one first. */
  public List<RsaSigningKey> all() {
    return keys;
  }

  /** The key with this id. */
  public Optional<RsaSigningKey> key(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /**
   * The signatures of these bytes, one of each key, in the order of {@link #all}. The bytes are
   * read once, and not kept in memory.
   *
   * @param content the bytes, read to their end and not closed
   * @throws IOException if they cannot be read
   */
  public List<BundleSignature> sign(InputStream content) throws IOException {
    BundleSigner signer = signer();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      signer.update(buffer, 0, count);
    }
    return signer.sign();
  }

  /** Signs one bundle with all keys; it has seen no bytes yet. */
  public BundleSigner signer() {
    return new BundleSigner(keys);
  }

  /** For messages: names the keys by their ids. */
  @Override
  public String toString() {
    return "SigningKeys" + keys;
  }
}
