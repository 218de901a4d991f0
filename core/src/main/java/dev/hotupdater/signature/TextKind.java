package dev.hotupdater.signature;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The kinds of text there are, what tells them apart, and how messages speak of them. */
enum TextKind {
  PUBLIC_KEY(
      "a public key",
      "Give the content of the public key file that the signing tool wrote (it ends in .pub), or"
          + " what the app has as its \"pubkey\".",
      "untrusted comment: minisign public key",
      2,
      MinisignPublicKey.LINE_BYTES,
      MinisignPublicKey.LINE_BYTES),

  SIGNATURE(
      "a signature",
      "Give the content of the file that the signing tool wrote beside the signed one (it ends in"
          + " .sig or .minisig), all of it and nothing else.",
      "untrusted comment: signature from",
      4,
      MinisignSignature.SECOND_LINE_BYTES,
      Ed25519Key.SIGNATURE_BYTES);

  private static final int QUANTUM_BYTES = 3;

  private final String noun;
  private final String advice;
  private final String usualComment;
  private final int lineCount;
  private final int secondLineBytes;
  private final int lastLineBytes;

  TextKind(
      String noun,
      String advice,
      String usualComment,
      int lineCount,
      int secondLineBytes,
      int lastLineBytes) {
    this.noun = noun;
    this.advice = advice;
    this.usualComment = usualComment;
    this.lineCount = lineCount;
    this.secondLineBytes = secondLineBytes;
    this.lastLineBytes = lastLineBytes;
  }

  String noun() {
    return noun;
  }

  int lineCount() {
    return lineCount;
  }

  /** The kind that this one is mixed up with. */
  TextKind other() {
    return this == SIGNATURE ? PUBLIC_KEY : SIGNATURE;
  }

  /** Whether the first two lines are of this kind, or one of them is as far as it is there. */
  boolean looksLike(List<String> lines) {
    return lines.get(0).startsWith(usualComment) || lines.size() > 1 && isSecond(lines.get(1));
  }

  /** Whether a text in base64, broken or not, begins as nearly all of this kind do. */
  boolean looksLike(String base64) {
    int length = usualComment.length() / QUANTUM_BYTES * QUANTUM_BYTES;
    byte[] beginning = usualComment.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    return base64.startsWith(StrictBase64.encode(beginning));
  }

  boolean isSecond(String line) {
    return StrictBase64.decode(line, secondLineBytes).isPresent();
  }

  boolean isLast(String line) {
    return StrictBase64.decode(line, lastLineBytes).isPresent();
  }

  /** For a text given as one of this kind: names the problem, and says what to give. */
  InvalidSignatureTextException refuse(String problem) {
    return new InvalidSignatureTextException(problem + " " + advice);
  }

  /** For a text given as one of this kind: names what it is instead, and says what to give. */
  InvalidSignatureTextException refuseAs(String whatItIs) {
    return refuse("This is " + whatItIs + ", not " + noun + ".");
  }
}
