package dev.hotupdater.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds secret keys in texts that are about to be kept or served to everybody. People do publish
 * the wrong one of the files that a signing tool made.
 */
public final class SecretKeys {
  /**
   * What gives a secret key away: the comment above it, how its line begins (with a password and
   * without), and the end of a PEM label.
   */
  private static final List<String> MARKS =
      List.of("encrypted secret key", "RWRTY0Iy", "RWQAAEIy", "PRIVATE KEY-----");

  private static final Pattern BLANKS = Pattern.compile("[\\x00-\\x20]+");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}");
  private static final int QUANTUM = 4;

  private SecretKeys() {}

  /**
   * Does nothing if no secret key is recognised in this text. Recognised are those of minisign and
   * of tools that use its format, as the text of their file, as its second line, or encoded in
   * base64 once more, which is Tauri's way; and private keys in PEM. White space, line breaks and
   * other text around them, or a missing end, do not hide them. Takes time in proportion to the
   * length of the text.
   *
   * @throws InvalidSignatureTextException if there is one; the message does not repeat it
   */
  public static void refuseIn(String text) {
    if (isMarked(text) || isMarkedWithin(BLANKS.matcher(text).replaceAll(""))) {
      throw new InvalidSignatureTextException(
          "This contains a SECRET key, which must stay with the one who signs. Who sees it can sign"
              + " updates in your name: unless you are sure that nobody else did, make a new pair"
              + " of keys. Here belongs what the signing tool wrote for a file, its signature, or"
              + " the public key.");
    }
  }

  private static boolean isMarked(String text) {
    return MARKS.stream().anyMatch(text::contains);
  }

  private static boolean isMarkedWithin(String text) {
    return isMarked(text)
        || BASE64.matcher(text).results().anyMatch(run -> isMarkedBehind(run.group()));
  }

  /** With a word before it, base64 may begin at any of the four places of a quantum. */
  private static boolean isMarkedBehind(String run) {
    String standard = run.replace('-', '+').replace('_', '/');
    for (int start = 0; start < QUANTUM; start++) {
      int length = (standard.length() - start) / QUANTUM * QUANTUM;
      byte[] bytes = Base64.getDecoder().decode(standard.substring(start, start + length));
      if (isMarked(new String(bytes, StandardCharsets.ISO_8859_1))) {
        return true;
      }
    }
    return false;
  }
}
