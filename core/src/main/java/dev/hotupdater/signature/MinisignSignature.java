package dev.hotupdater.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A signature of a file: four lines of text, of which the third, the trusted comment, is signed as
 * well. That it is well formed says nothing about who made it, and of which bytes: {@link
 * MinisignVerifier} finds that out. Immutable; two signatures are equal if their texts are.
 *
 * <p>Source: the file formats of minisign, and the updater of Tauri, which encodes such a file in
 * base64 once more.
 */
public final class MinisignSignature {
  static final int SECOND_LINE_BYTES = 2 + MinisignKeyId.BYTES + Ed25519Key.SIGNATURE_BYTES;

  private static final String TRUSTED_COMMENT = "trusted comment: ";
  private static final int ALGORITHM_BYTES = 2;
  private static final String PREHASHED = "ED";
  private static final String LEGACY = "Ed";
  private static final String FIELD_SEPARATOR = "\t";

  private final String text;
  private final String algorithm;
  private final MinisignKeyId keyId;
  private final byte[] fileSignature;
  private final String trustedComment;
  private final byte[] globalSignature;

  private MinisignSignature(List<String> lines, byte[] secondLine, byte[] globalSignature) {
    this.text = MinisignText.encode(lines);
    this.algorithm = algorithm(secondLine);
    this.keyId = MinisignKeyId.at(ALGORITHM_BYTES, secondLine);
    this.fileSignature =
        Arrays.copyOfRange(
            secondLine, SECOND_LINE_BYTES - Ed25519Key.SIGNATURE_BYTES, SECOND_LINE_BYTES);
    this.trustedComment = lines.get(2).substring(TRUSTED_COMMENT.length());
    this.globalSignature = globalSignature;
  }

  /**
   * The signature in this text: the content of a signature file in plain text or in base64. White
   * space around it and line ends of Windows do no harm. Comments may have no control characters
   * but the tab.
   *
   * @throws InvalidSignatureTextException if it is anything else
   */
  public static MinisignSignature parse(String text) {
    List<String> lines =
        MinisignText.lines(MinisignText.trimmed(text, TextKind.SIGNATURE), TextKind.SIGNATURE);
    byte[] secondLine =
        StrictBase64.decode(lines.get(1), SECOND_LINE_BYTES)
            .orElseThrow(() -> changedLine("second", SECOND_LINE_BYTES));
    if (!List.of(PREHASHED, LEGACY).contains(algorithm(secondLine))) {
      throw TextKind.SIGNATURE.refuse("The signature is of an algorithm other than Ed25519.");
    }
    if (!lines.get(2).startsWith(TRUSTED_COMMENT)) {
      throw TextKind.SIGNATURE.refuse(
          "The third line was changed: it does not begin with \"" + TRUSTED_COMMENT + "\".");
    }
    byte[] globalSignature =
        StrictBase64.decode(lines.get(3), Ed25519Key.SIGNATURE_BYTES)
            .orElseThrow(() -> changedLine("last", Ed25519Key.SIGNATURE_BYTES));
    return new MinisignSignature(lines, secondLine, globalSignature);
  }

  private static InvalidSignatureTextException changedLine(String which, int bytes) {
    return TextKind.SIGNATURE.refuse(
        "The " + which + " line was cut off or changed: it is not base64 of " + bytes + " bytes.");
  }

  private static String algorithm(byte[] secondLine) {
    return new String(secondLine, 0, ALGORITHM_BYTES, StandardCharsets.US_ASCII);
  }

  /**
   * The signature as Tauri apps take it: its four lines, each ended by a line feed, as one line of
   * base64. At most 4096 characters.
   */
  public String text() {
    return text;
  }

  /** The id of the pair of keys that it says it was made with. */
  public MinisignKeyId keyId() {
    return keyId;
  }

  /**
   * Whether it is a signature of the BLAKE2b hash of a file, as current tools make them, and not a
   * legacy one of the file itself.
   */
  public boolean isPrehashed() {
    return algorithm.equals(PREHASHED);
  }

  /** The comment that cannot be changed without the secret key, once that was verified. */
  public String trustedComment() {
    return trustedComment;
  }

  /**
   * The version of the app that the file was signed for, which clients compare with the announced
   * one: the field {@code version:} of the trusted comment. Many tools do not write it.
   */
  public Optional<String> signedVersion() {
    return field("version:");
  }

  /** The name that the file had when it was signed: the field {@code file:} of the comment. */
  public Optional<String> signedFileName() {
    return field("file:");
  }

  private Optional<String> field(String name) {
    return Stream.of(trustedComment.split(FIELD_SEPARATOR, -1))
        .filter(field -> field.startsWith(name))
        .findFirst()
        .map(field -> field.substring(name.length()));
  }

  /**
   * Returns normally if this says that it was made with that pair of keys. A quick look before a
   * file is there, which proves nothing.
   *
   * @throws SignatureMismatchException if it was made with another one
   */
  public void checkKeyId(MinisignPublicKey key) {
    if (!keyId.equals(key.keyId())) {
      throw SignatureMismatchException.otherKey(key.keyId(), keyId);
    }
  }

  byte[] fileSignature() {
    return fileSignature;
  }

  byte[] globalSignature() {
    return globalSignature;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MinisignSignature && ((MinisignSignature) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** For messages: names the key by its id. */
  @Override
  public String toString() {
    return "MinisignSignature[by " + keyId + "]";
  }
}
