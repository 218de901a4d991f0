package dev.hotupdater.publishing;

import dev.hotupdater.signature.MinisignVerifier;
import dev.hotupdater.signature.SignatureMismatchException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of an upload on their way to where they stay. What is read goes into the hash and the
 * verifiers at the same time, so that what was checked is what was copied. Not for use by several
 * threads.
 */
final class CheckedContent extends InputStream {
  private final InputStream content;
  private final MessageDigest digest = sha256Digest();
  private final List<MinisignVerifier> verifiers;

  private CheckedContent(InputStream content, List<MinisignVerifier> verifiers) {
    this.content = content;
    this.verifiers = verifiers;
  }

  static CheckedContent of(InputStream content, List<GivenSignature> signatures) {
    return new CheckedContent(
        content, signatures.stream().flatMap(each -> each.verifier().stream()).toList());
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = content.read(target, offset, length);
    if (count > 0) {
      digest.update(target, offset, count);
      for (MinisignVerifier verifier : verifiers) {
        verifier.update(target, offset, count);
      }
    }
    return count;
  }

  /** The SHA-256 of all that was read, in hexadecimal digits. To be called once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Verifies every signature over all that was read. To be called once.
   *
   * @throws UploadRejectedException if one does not match
   */
  void verify() {
    try {
      verifiers.forEach(MinisignVerifier::verify);
    } catch (SignatureMismatchException e) {
      throw GivenSignature.rejected(e);
    }
  }
}
