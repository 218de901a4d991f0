package dev.hotupdater.storage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "C:",
        "C:secret",
        "a.zip:stream",
        "a.zip::$DATA",
        "a<b",
        "a>b",
        "a\"b",
        "a|b",
        "a?b",
        "a*b",
        "a\\b",
        "a\u0001b",
        "con",
        "CON",
        "Aux.zip",
        "nul.tar.gz",
        "prn ",
        "com1",
        "COM0.txt",
        "lpt9.json",
        "lpt\u00b9",
        "conin$",
        "nul .txt",
        ".hotupdater.",
        ".hotupdater ",
        "trailing.",
        "trailing "
      })
  void windows_namesWithAMeaningOfTheirOwn_areNotAllowed(String name) {
    assertFalse(FileNames.WINDOWS.allows(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bundle.zip", "console", "com10", "nul-1", "a con", "..hidden", "100%", "a b.c d"})
  void windows_otherNames_areAllowed(String name) {
    assertTrue(FileNames.WINDOWS.allows(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C:", "con", "a?b", "trailing.", "...", " "})
  void posix_anyName_isAllowed(String name) {
    assertTrue(FileNames.POSIX.allows(name));
  }

  @Test
  void names_areLimitedInBytes() {
    assertTrue(FileNames.POSIX.allows("x".repeat(255)));
    assertFalse(FileNames.POSIX.allows("x".repeat(256)));
    assertFalse(FileNames.POSIX.allows("\u00fc".repeat(128)));
    assertFalse(FileNames.WINDOWS.allows("x".repeat(256)));
  }
}
