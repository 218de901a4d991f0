package dev.hotupdater.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypesTest {
  @ParameterizedTest
  @CsvSource({
    "bundle.zip,                     application/zip",
    "bundle.tar.gz,                  application/gzip",
    "bundle.tar.br,                  application/x-tar",
    "bundle.v2.tar.br,               application/x-tar",
    "manifest.json,                  application/json",
    "a/b/drawable-hdpi/logo.PNG,     image/png",
    "photo.jpg,                      image/jpeg",
    "photo.min.jpeg,                 image/jpeg",
    "font.ttf,                       font/ttf",
    "main.js,                        text/javascript",
    "main.js.map,                    application/json",
    "index.html,                     text/html"
  })
  void forFileName_knownExtension_isItsType(String name, String expected) {
    assertEquals(expected, ContentTypes.forFileName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "zip",
        "folder.zip/file",
        "index.android.bundle",
        "index.android.bundle.br",
        "main.hbc",
        "index.bundle.bsdiff",
        "name.",
        ".",
        "a.unknown"
      })
  void forFileName_otherName_isBytes(String name) {
    assertEquals("application/octet-stream", ContentTypes.forFileName(name));
  }
}
