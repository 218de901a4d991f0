package dev.hotupdater.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.regex.Pattern;

/** What the strictest client asks of a text, written down a second time and in another way. */
final class StrictClient {
  private static final Pattern BASE64 =
      Pattern.compile(
          "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]="
              + "|[A-Za-z0-9+/][AQgw]==)?");

  private StrictClient() {}

  static void assertAccepts(String text) {
    assertTrue(text.length() <= 4096);
    assertTrue(BASE64.matcher(text).matches(), text);
    String[] lines = Minisign.decode(text).split("\n", -1);
    assertEquals(5, lines.length);
    assertTrue(lines[0].startsWith("untrusted comment:"));
    assertBytes(74, lines[1]);
    assertTrue(lines[2].startsWith("trusted comment: "));
    assertBytes(64, lines[3]);
    assertEquals("", lines[4]);
  }

  private static void assertBytes(int count, String base64) {
    assertTrue(BASE64.matcher(base64).matches(), base64);
    assertEquals(count, Base64.getDecoder().decode(base64).length);
  }
}
