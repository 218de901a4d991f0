package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ContentDispositionTest {
  @Test
  void plainName_isQuoted() {
    assertEquals(
        "attachment; filename=\"bundle 1.zip\"", new ContentDisposition("bundle 1.zip").toString());
  }

  @Test
  void nameBeyondAscii_isSentTwice() {
    assertEquals(
        "attachment; filename=\"_-_.zip\"; filename*=UTF-8''%C3%BC-%F0%9F%9A%80.zip",
        new ContentDisposition("\u00fc-\ud83d\ude80.zip").toString());
  }

  @Test
  void quotesAndControlCharacters_cannotEndTheField() {
    assertEquals(
        "attachment; filename=\"a_; x=_b__.zip\"; filename*=UTF-8''a%22%3B%20x%3D%5Cb%0D%0A.zip",
        new ContentDisposition("a\"; x=\\b\r\n.zip").toString());
  }

  @Test
  void percentSign_isNotTakenForAnEscape() {
    assertEquals(
        "attachment; filename=\"100_.zip\"; filename*=UTF-8''100%25.zip",
        new ContentDisposition("100%.zip").toString());
  }
}
