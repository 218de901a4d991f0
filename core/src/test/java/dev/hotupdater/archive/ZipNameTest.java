package dev.hotupdater.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that leave the folder, that clients read differently, or that collide. */
class ZipNameTest {
  @TempDir private Path folder;

  private Path write(CraftedZip zip) throws IOException {
    return zip.writeTo(folder.resolve("bundle.zip"));
  }

  private String assertRejected(Reason reason, CraftedZip zip) throws IOException {
    return Rejections.assertRejected(reason, ZipAdmission.standard(), write(zip));
  }

  private static CraftedZip with(String... names) {
    CraftedZip zip = CraftedZip.withIndex();
    for (String name : names) {
      zip.add(CraftedEntry.stored(name, ""));
    }
    return zip;
  }

  private static CraftedEntry named(byte[] name) {
    return CraftedEntry.stored("", "").both(header -> header.name = name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "//server/share",
        "..",
        "../a",
        "a/../b",
        "a/..",
        "../",
        ".",
        "./a",
        "a/./b",
        "a//b",
        "a//",
        "a\\b",
        "..\\a",
        "\\\\server\\a",
        "C:/a",
        "c:a",
        "index.html:stream",
        "a\0b",
        "a\nb",
        "a\u007fb",
        "a\u0085b",
        "\u001b[31m",
        "a.",
        "a./b",
        "a ",
        "a /b",
        "...",
        "a/ "
      })
  void unsafeName_isRejected(String name) throws IOException {
    assertRejected(Reason.BAD_NAME, with(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a..b",
        "..a",
        "[...slug].js",
        ".htaccess",
        " a",
        "a b",
        "größe/ß.js",
        "日本語.html",
        "😀.png",
        "a%2e%2e%2fb",
        "a~1",
        "con.js",
        "*?<>|\""
      })
  void harmlessName_isAdmitted(String name) throws IOException {
    WebBundle bundle = ZipAdmission.standard().admit(write(with(name)));
    assertTrue(
        bundle.files().stream().anyMatch(file -> file.path().equals(name)),
        bundle.files().toString());
  }

  @Test
  void nameThatIsNotUtf8_isRejected() throws IOException {
    byte[] latin = "größe".getBytes(ISO_8859_1);
    byte[] overlong = {'a', (byte) 0xc0, (byte) 0xaf, 'b'};
    byte[] surrogate = {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
    for (byte[] name : new byte[][] {latin, overlong, surrogate}) {
      assertRejected(Reason.BAD_NAME, CraftedZip.withIndex().add(named(name)));
    }
  }

  @Test
  void nameOutsideAscii_withoutMark_isRejected() throws IOException {
    CraftedEntry unmarked = named("größe".getBytes(UTF_8)).both(header -> header.flags = 0);
    String message = assertRejected(Reason.BAD_NAME, CraftedZip.withIndex().add(unmarked));
    assertTrue(message.contains("'größe'") && message.contains("UTF-8"), message);
  }

  @Test
  void nameInAscii_withoutMark_isAdmitted() throws IOException {
    CraftedEntry unmarked = named("a.js".getBytes(UTF_8)).both(header -> header.flags = 0);
    ZipAdmission.standard().admit(write(CraftedZip.withIndex().add(unmarked)));
  }

  @ParameterizedTest
  @CsvSource({
    "a.js, a.js",
    "a.js, A.js",
    "a/b.js, a/B.js",
    "a/b.js, A/c.js",
    "a/, A/",
    "a/, a/",
    "\u00e9.js, e\u0301.js",
    "\u00c9.js, e\u0301.js",
    "stra\u00dfe, STRASSE",
    "\u03c3, \u03c2",
    "\u212b, \u00e5",
    "a, a/",
    "a/b, a",
    "a, A/b",
    "index.html, b"
  })
  void namesThatCollide_areRejected(String first, String second) throws IOException {
    CraftedZip zip = with(first, second);
    assertRejected(Reason.NAME_COLLISION, zip);
    assertRejected(Reason.NAME_COLLISION, with(second, first));
  }

  @ParameterizedTest
  @CsvSource({"a/b, a/", "a/, a/b", "a, b", "a/b, b/a", "aa, a", "e, \u00e9"})
  void namesThatDoNotCollide_areAdmitted(String first, String second) throws IOException {
    ZipAdmission.standard().admit(write(with(first, second)));
  }

  @Test
  void partOfNameThatNoFileSystemTakes_isRejected() throws IOException {
    assertRejected(Reason.NAME_TOO_LONG, with("a/" + "b".repeat(256)));
    ZipAdmission.standard().admit(write(with("a/" + "b".repeat(255))));
  }

  @Test
  void message_showsNoCharactersThatDriveTerminals_andNoLongNames() throws IOException {
    String message = assertRejected(Reason.BAD_NAME, with("a\u202e\u001b[2J" + "b".repeat(300)));
    assertTrue(message.contains("a\\u202e\\u001b[2Jbbb"), message);
  }
}
