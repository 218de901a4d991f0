package dev.hotupdater.s3.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySegmentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"production", ">=1.0.0 <2.0.0 || ~3.1", "^1.x", "*", "beta-2_ü", "日本語", "1.0.0"})
  void ordinaryText_staysAsItIs(String text) {
    assertEquals(text, KeySegment.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, a%2Fb",
    "a%2Fb, a%252Fb",
    "a\\b, a%5Cb",
    "., %2E",
    ".., %2E%2E",
    "..., ...",
    "'', %"
  })
  void textThatWouldMakeAnotherKey_isEncoded(String text, String expected) {
    assertEquals(expected, KeySegment.of(text));
  }

  @Test
  void controlCharacters_areEncoded() {
    assertEquals("a%0A%00%7F%C2%85%EF%BB%BF", KeySegment.of("a\n\0\u007f\u0085\ufeff"));
  }

  @Test
  void longText_isCutAndStaysDifferent() {
    String text = "🚀".repeat(100);

    String segment = KeySegment.of(text);

    assertTrue(segment.getBytes(StandardCharsets.UTF_8).length <= 255, segment);
    assertTrue(segment.startsWith("🚀".repeat(50) + "%~"), segment);
    assertNotEquals(segment, KeySegment.of(text + "🚀"));
    assertEquals("x".repeat(255), KeySegment.of("x".repeat(255)));
  }
}
