package dev.hotupdater.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents that are not what their headers say, and limits. */
class ZipContentTest {
  private static final int MEBIBYTE = 1024 * 1024;

  @TempDir private Path folder;

  private String assertRejected(Reason reason, CraftedEntry entry) throws IOException {
    return assertRejected(reason, ZipAdmission.standard(), CraftedZip.withIndex().add(entry));
  }

  private String assertRejected(Reason reason, ZipAdmission admission, CraftedZip zip)
      throws IOException {
    return Rejections.assertRejected(reason, admission, zip.writeTo(folder.resolve("bundle.zip")));
  }

  private void assertAdmitted(ZipAdmission admission, CraftedZip zip) throws IOException {
    admission.admit(zip.writeTo(folder.resolve("bundle.zip")));
  }

  @Test
  void wrongCrc_isRejected() throws IOException {
    assertRejected(
        Reason.CORRUPT_CONTENT, CraftedEntry.stored("a.js", "a").both(header -> header.crc32 = 1));
    String message =
        assertRejected(
            Reason.CORRUPT_CONTENT,
            CraftedEntry.deflated("b.js", "b").both(header -> header.crc32 = 1));
    assertEquals("The entry 'b.js' has content that does not match its CRC-32.", message);
  }

  @Test
  void moreOrLessContentThanAnnounced_isRejected() throws IOException {
    assertRejected(
        Reason.CORRUPT_CONTENT,
        CraftedEntry.deflated("a.js", "aaaa").both(header -> header.size = 3));
    assertRejected(
        Reason.CORRUPT_CONTENT,
        CraftedEntry.deflated("a.js", "aaaa").both(header -> header.size = 5));
    assertRejected(
        Reason.CORRUPT_CONTENT,
        CraftedEntry.deflated("a.js", "aaaa").both(header -> header.size = 0));
  }

  @Test
  void storedSizes_thatDiffer_areRejected() throws IOException {
    assertRejected(
        Reason.HEADERS_DISAGREE,
        CraftedEntry.stored("a.js", "aaaa").both(header -> header.size = 3));
  }

  @Test
  void damagedOrCutOffOrEmptyOrPaddedDeflate_isRejected() throws IOException {
    byte[] sound = CraftedEntry.deflate("abcdefgh".repeat(50).getBytes(UTF_8));
    byte[] damaged = sound.clone();
    damaged[0] |= 6;
    for (byte[] packed :
        new byte[][] {
          damaged,
          Arrays.copyOf(sound, sound.length - 2),
          new byte[0],
          Arrays.copyOf(sound, sound.length + 1)
        }) {
      CraftedEntry entry = CraftedEntry.deflated("a.js", "abcdefgh".repeat(50));
      entry.packed = packed;
      entry.both(header -> header.compressedSize = packed.length);
      assertRejected(Reason.CORRUPT_CONTENT, entry);
    }
  }

  @Test
  void folderWithContent_isRejected() throws IOException {
    assertRejected(Reason.SPECIAL_FILE, CraftedEntry.stored("a/", "a"));
    CraftedEntry hiding = CraftedEntry.deflated("b/", "b").both(header -> header.size = 0);
    assertRejected(Reason.CORRUPT_CONTENT, hiding);
  }

  @Test
  void specialFiles_areRejected() throws IOException {
    int[] attributes = {0120777 << 16, 0010644 << 16, 0020644 << 16, 0060644 << 16, 0140755 << 16};
    for (int special : attributes) {
      for (int system : new int[] {0, 3 << 8, 10 << 8, 19 << 8}) {
        assertRejected(
            Reason.SPECIAL_FILE,
            CraftedEntry.stored("link", "/etc/passwd")
                .central(
                    header -> {
                      header.attributes = special;
                      header.madeBy = system;
                    }));
      }
    }
    assertRejected(
        Reason.SPECIAL_FILE,
        CraftedEntry.stored("link", "x").central(header -> header.attributes = 0x400));
  }

  @Test
  void fileWithAttributesOfFolder_andFolderWithThoseOfFile_areRejected() throws IOException {
    for (int folderAttributes : new int[] {040755 << 16, 0x10}) {
      assertRejected(
          Reason.SPECIAL_FILE,
          CraftedEntry.stored("a", "").central(header -> header.attributes = folderAttributes));
    }
    assertRejected(
        Reason.SPECIAL_FILE,
        CraftedEntry.folder("a/").central(header -> header.attributes = 0100644 << 16));
  }

  @Test
  void archiveSize_aboveItsLimit_isRejected() throws IOException {
    CraftedZip zip = CraftedZip.withIndex();
    int size = zip.bytes().length;
    assertAdmitted(ZipAdmission.builder().maxArchiveSize(size).build(), zip);
    assertRejected(
        Reason.ARCHIVE_TOO_LARGE, ZipAdmission.builder().maxArchiveSize(size - 1).build(), zip);
  }

  @Test
  void entries_aboveTheirLimit_areRejected() throws IOException {
    ZipAdmission admission = ZipAdmission.builder().maxEntries(2).build();
    assertAdmitted(admission, CraftedZip.withIndex().add(CraftedEntry.stored("a", "")));
    assertRejected(
        Reason.TOO_MANY_ENTRIES,
        admission,
        CraftedZip.withIndex().add(CraftedEntry.stored("a", "")).add(CraftedEntry.stored("b", "")));
  }

  @Test
  void folders_thatAreOnlyPartsOfNames_countAsEntries() throws IOException {
    ZipAdmission admission = ZipAdmission.builder().maxEntries(3).build();
    assertAdmitted(admission, CraftedZip.withIndex().add(CraftedEntry.stored("a/b", "")));
    assertRejected(
        Reason.TOO_MANY_ENTRIES,
        admission,
        CraftedZip.withIndex().add(CraftedEntry.stored("a/b/c", "")));
  }

  @Test
  void entrySize_aboveItsLimit_isRejected() throws IOException {
    CraftedZip zip = CraftedZip.withIndex().add(CraftedEntry.stored("a", new byte[1000]));
    assertAdmitted(ZipAdmission.builder().maxEntrySize(1000).build(), zip);
    String message =
        assertRejected(
            Reason.ENTRY_TOO_LARGE, ZipAdmission.builder().maxEntrySize(999).build(), zip);
    assertEquals("The entry 'a' unpacks to 1000 bytes, but only 999 are allowed.", message);
  }

  @Test
  void contentSize_aboveItsLimit_isRejected() throws IOException {
    int size = 1000 + CraftedZip.INDEX_CONTENT.length();
    CraftedZip zip = CraftedZip.withIndex().add(CraftedEntry.stored("a", new byte[1000]));
    assertAdmitted(ZipAdmission.builder().maxContentSize(size).build(), zip);
    assertRejected(
        Reason.CONTENT_TOO_LARGE, ZipAdmission.builder().maxContentSize(size - 1).build(), zip);
  }

  @Test
  void ratio_aboveItsLimit_isRejected_butNotOfSmallFiles() throws IOException {
    CraftedZip small =
        CraftedZip.withIndex().add(CraftedEntry.deflated("a", new byte[MEBIBYTE - 1000]));
    assertAdmitted(ZipAdmission.standard(), small);
    CraftedZip large =
        CraftedZip.withIndex().add(CraftedEntry.deflated("a", new byte[MEBIBYTE + 1]));
    String message = assertRejected(Reason.RATIO_TOO_HIGH, ZipAdmission.standard(), large);
    assertTrue(message.startsWith("The entry 'a' "), message);
    assertAdmitted(ZipAdmission.builder().maxRatio(2000).build(), large);
  }

  @Test
  void ratioOfAllTogether_aboveItsLimit_isRejected() throws IOException {
    CraftedZip zip = CraftedZip.withIndex();
    for (int i = 0; i < 3; i++) {
      zip.add(CraftedEntry.deflated("a" + i, new byte[MEBIBYTE / 2]));
    }
    String message = assertRejected(Reason.RATIO_TOO_HIGH, ZipAdmission.standard(), zip);
    assertTrue(message.startsWith("The zip "), message);
  }

  @Test
  void nameLength_aboveItsLimit_isRejected() throws IOException {
    CraftedZip zip = CraftedZip.withIndex().add(CraftedEntry.stored("é".repeat(10), ""));
    assertAdmitted(ZipAdmission.builder().maxNameLength(20).build(), zip);
    assertRejected(Reason.NAME_TOO_LONG, ZipAdmission.builder().maxNameLength(19).build(), zip);
  }
}
