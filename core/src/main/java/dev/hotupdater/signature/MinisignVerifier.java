package dev.hotupdater.signature;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Finds out whether a signature is one of given bytes by given key, as the apps do before they
 * install an update. For one file, whose bytes may come in any number of pieces. Needs little
 * memory for a signature that is {@linkplain MinisignSignature#isPrehashed prehashed}, and keeps
 * all bytes in memory for a legacy one. Not thread-safe.
 */
public final class MinisignVerifier {
  /** The largest file that is checked against a legacy signature, in bytes: 64 MiB. */
  public static final int MAX_LEGACY_BYTES = 64 * 1024 * 1024;

  private final MinisignSignature signature;
  private final MinisignPublicKey key;
  private final SignedMessage message;
  private boolean isDone;

  private MinisignVerifier(
      MinisignSignature signature, MinisignPublicKey key, SignedMessage message) {
    this.signature = signature;
    this.key = key;
    this.message = message;
  }

  /** A verifier that has seen no bytes yet. */
  public static MinisignVerifier of(MinisignSignature signature, MinisignPublicKey key) {
    SignedMessage message =
        signature.isPrehashed()
            ? new PrehashedMessage(key.key())
            : new LegacyMessage(key.key(), MAX_LEGACY_BYTES);
    return new MinisignVerifier(signature, key, message);
  }

  /**
   * Takes in the next bytes of the file.
   *
   * @throws SignatureMismatchException if these are more bytes than {@link #MAX_LEGACY_BYTES}, and
   *     the signature is a legacy one
   * @throws IndexOutOfBoundsException if the bytes do not lie within the array
   * @throws IllegalStateException after {@link #verify}
   */
  public void update(byte[] bytes, int offset, int length) {
    checkNotDone();
    Objects.checkFromIndexSize(offset, length, bytes.length);
    message.update(bytes, offset, length);
  }

  /**
   * Returns normally if the signature is one of all the bytes, and its trusted comment is genuine.
   * To be called once, after the last byte.
   *
   * @throws SignatureMismatchException if not; its reason is the first of these that applies: other
   *     key, other bytes, other trusted comment
   * @throws IllegalStateException when called again
   */
  public void verify() {
    checkNotDone();
    isDone = true;
    signature.checkKeyId(key);
    if (!message.matches(signature.fileSignature())) {
      throw SignatureMismatchException.otherBytes();
    }
    boolean isCommentGenuine =
        key.key()
            .check()
            .update(signature.fileSignature())
            .update(signature.trustedComment().getBytes(StandardCharsets.UTF_8))
            .matches(signature.globalSignature());
    if (!isCommentGenuine) {
      throw SignatureMismatchException.otherTrustedComment();
    }
  }

  private void checkNotDone() {
    if (isDone) {
      throw new IllegalStateException("A verifier is for one file. Make a new one for the next.");
    }
  }
}
