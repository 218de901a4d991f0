package dev.hotupdater.signature;

/** A signature that is well formed, and not one of these bytes by this key. */
public final class SignatureMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What does not match. */
  public enum Reason {
    /** The signature was made with another pair of keys. */
    OTHER_KEY,
    /** The bytes, or the signature itself, are not as they were when it was made. */
    OTHER_BYTES,
    /** The trusted comment, or its signature, is not as it was when it was made. */
    OTHER_TRUSTED_COMMENT,
    /** The bytes are more than are checked against a signature of the legacy kind. */
    TOO_LARGE_FOR_LEGACY
  }

  private final Reason reason;

  private SignatureMismatchException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static SignatureMismatchException otherKey(MinisignKeyId expected, MinisignKeyId found) {
    return new SignatureMismatchException(
        Reason.OTHER_KEY,
        "The signature was made with the key "
            + found
            + ", but the public key is "
            + expected
            + ". Sign the file with the secret key that belongs to this public key.");
  }

  static SignatureMismatchException otherBytes() {
    return new SignatureMismatchException(
        Reason.OTHER_BYTES,
        "These bytes are not those that were signed. Every build has its own signature: take the"
            + " file and its signature from the same build, and change or pack nothing after"
            + " signing.");
  }

  static SignatureMismatchException otherTrustedComment() {
    return new SignatureMismatchException(
        Reason.OTHER_TRUSTED_COMMENT,
        "The trusted comment of the signature was changed after signing. Give the signature as the"
            + " signing tool wrote it.");
  }

  static SignatureMismatchException tooLargeForLegacy(int limit) {
    return new SignatureMismatchException(
        Reason.TOO_LARGE_FOR_LEGACY,
        "The signature is of the legacy kind, which is checked for files of up to "
            + limit
            + " bytes only. Sign the file with a current tool, which hashes it first.");
  }

  /** What does not match. */
  public Reason reason() {
    return reason;
  }
}
