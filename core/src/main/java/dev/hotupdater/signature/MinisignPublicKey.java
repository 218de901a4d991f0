package dev.hotupdater.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The public key that an app was built with: only signatures of its secret key let an update in.
 * Immutable; two keys are equal if their bytes are, whatever comment stood above them.
 *
 * <p>Source: the file formats of minisign, and the updater of Tauri, which encodes such a file in
 * base64 once more.
 */
public final class MinisignPublicKey {
  static final int LINE_BYTES = 2 + MinisignKeyId.BYTES + Ed25519Key.BYTES;

  private static final byte[] ALGORITHM = "Ed".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private final MinisignKeyId keyId;
  private final Ed25519Key key;

  private MinisignPublicKey(byte[] bytes, Ed25519Key key) {
    this.bytes = bytes;
    this.keyId = MinisignKeyId.at(ALGORITHM.length, bytes);
    this.key = key;
  }

  /**
   * The public key in this text: the content of a public key file in plain text or in base64, or
   * its second line alone. White space around it and line ends of Windows do no harm.
   *
   * @throws InvalidSignatureTextException if it is anything else
   */
  public static MinisignPublicKey parse(String text) {
    String trimmed = MinisignText.trimmed(text, TextKind.PUBLIC_KEY);
    byte[] bytes =
        StrictBase64.decode(trimmed, LINE_BYTES).orElseGet(() -> decodeSecondLine(trimmed));
    if (!Arrays.equals(bytes, 0, ALGORITHM.length, ALGORITHM, 0, ALGORITHM.length)) {
      throw TextKind.PUBLIC_KEY.refuse("The key is of an algorithm other than Ed25519.");
    }
    return Ed25519Key.atEndOf(bytes)
        .map(key -> new MinisignPublicKey(bytes, key))
        .orElseThrow(() -> TextKind.PUBLIC_KEY.refuse("The key was changed: it is not valid."));
  }

  private static byte[] decodeSecondLine(String text) {
    String line = MinisignText.lines(text, TextKind.PUBLIC_KEY).get(1);
    return StrictBase64.decode(line, LINE_BYTES)
        .orElseThrow(
            () ->
                TextKind.PUBLIC_KEY.refuse(
                    "The second line was cut off or changed: it is not base64 of "
                        + LINE_BYTES
                        + " bytes."));
  }

  /** The id of the pair of keys that this is the public half of. */
  public MinisignKeyId keyId() {
    return keyId;
  }

  /**
   * The key as Tauri apps have it in their configuration: the two lines of a public key file, with
   * the usual comment, as one line of base64.
   */
  public String text() {
    return MinisignText.encode(
        List.of("untrusted comment: minisign public key: " + keyId, StrictBase64.encode(bytes)));
  }

  Ed25519Key key() {
    return key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MinisignPublicKey
        && Arrays.equals(((MinisignPublicKey) other).bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** For messages: names the key by its id. */
  @Override
  public String toString() {
    return "MinisignPublicKey[" + keyId + "]";
  }
}
