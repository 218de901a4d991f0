package dev.hotupdater.s3.database;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Text as one segment of a key. Ordinary text stays as it is. What would make another path of it,
 * or what some stores cannot have in a key, is percent-encoded, and text that is too long is cut
 * and told apart by a digest: different texts give different segments.
 */
final class KeySegment {
  /** In bytes: some stores keep objects in files. */
  private static final int MAX_BYTES = 255;

  private static final int KEPT_BYTES = 200;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String EMPTY = "%";

  /** Never the start of an escape. */
  private static final String CUT = "%~";

  private KeySegment() {}

  static String of(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    if (text.equals(".") || text.equals("..")) {
      return text.replace(".", "%2E");
    }
    StringBuilder segment = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(segment, c));
    return bytes(segment) <= MAX_BYTES ? segment.toString() : cut(segment, text);
  }

  private static void append(StringBuilder segment, int codePoint) {
    if (isSafe(codePoint)) {
      segment.appendCodePoint(codePoint);
      return;
    }
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      segment.append('%').append(HEX.toHexDigits(b));
    }
  }

  private static boolean isSafe(int codePoint) {
    return codePoint != '/'
        && codePoint != '\\'
        && codePoint != '%'
        && !Character.isISOControl(codePoint)
        && codePoint != '\ufeff'
        && (codePoint & 0xfffe) != 0xfffe;
  }

  private static int bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static String cut(StringBuilder segment, String text) {
    int end = segment.length();
    while (bytes(segment.substring(0, end)) > KEPT_BYTES) {
      end = segment.offsetByCodePoints(end, -1);
    }
    return segment.substring(0, end) + CUT + TextDigest.of(text);
  }
}
