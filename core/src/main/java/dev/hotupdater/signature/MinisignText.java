package dev.hotupdater.signature;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a key or a signature, taken out of either form in which they are passed on: as they
 * are, or as base64 of all of them.
 */
final class MinisignText {
  /** The longest text, in characters of base64. */
  static final int MAX_LENGTH = 4096;

  private static final String BEGINNING = "untrusted comment:";

  private MinisignText() {}

  /**
   * The text without white space around it.
   *
   * @throws InvalidSignatureTextException if it is empty, too long, or contains a secret key
   */
  static String trimmed(String text, TextKind kind) {
    if (text.length() > MAX_LENGTH) {
      throw tooLong(kind);
    }
    SecretKeys.refuseIn(text);
    String trimmed = text.trim();
    if (trimmed.isEmpty()) {
      throw kind.refuse("The text is empty.");
    }
    return trimmed;
  }

  /**
   * The lines of a text, as many as its kind has.
   *
   * @throws InvalidSignatureTextException if it is not a text of this kind
   */
  static List<String> lines(String trimmed, TextKind kind) {
    List<String> lines = split(trimmed.startsWith(BEGINNING) ? trimmed : decode(trimmed, kind));
    if (!kind.looksLike(lines) && kind.other().looksLike(lines)) {
      throw kind.refuseAs(kind.other().noun());
    }
    if (lines.size() < kind.lineCount()) {
      throw kind.refuse(
          "The text was cut off: it has " + lines.size() + " of " + kind.lineCount() + " lines.");
    }
    if (lines.size() > kind.lineCount()) {
      throw kind.refuse(
          "Something was appended to the text: it has "
              + lines.size()
              + " lines in place of "
              + kind.lineCount()
              + ".");
    }
    if (!lines.stream().allMatch(MinisignText::isPlain)) {
      throw kind.refuse("The text has control characters or broken Unicode in it.");
    }
    if (encode(lines).length() > MAX_LENGTH) {
      throw tooLong(kind);
    }
    return lines;
  }

  /** The one line of base64 that the lines are passed on in. */
  static String encode(List<String> lines) {
    String text = String.join("\n", lines) + "\n";
    return StrictBase64.encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String base64, TextKind kind) {
    return StrictBase64.decode(base64)
        .flatMap(MinisignText::utf8)
        .filter(text -> text.startsWith(BEGINNING))
        .orElseThrow(() -> Mistakes.refusal(base64, kind));
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Ends of lines are those that the clients know: LF, and CR LF. Empty lines at the end go. */
  static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private static boolean isPlain(String line) {
    return line.chars().allMatch(c -> c == '\t' || !Character.isISOControl(c))
        && StandardCharsets.UTF_8.newEncoder().canEncode(line);
  }

  private static InvalidSignatureTextException tooLong(TextKind kind) {
    return kind.refuse("The text is longer than " + MAX_LENGTH + " characters.");
  }
}
