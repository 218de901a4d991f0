package dev.hotupdater.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is admitted, and what is then known of it. */
class ZipAdmissionTest {
  private static final String SHA256_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir private Path folder;

  private WebBundle admit(CraftedZip zip) throws IOException {
    return ZipAdmission.standard().admit(zip.writeTo(folder.resolve("bundle.zip")));
  }

  private String assertRejected(Reason reason, CraftedZip zip) throws IOException {
    return assertRejected(reason, ZipAdmission.standard(), zip);
  }

  private String assertRejected(Reason reason, ZipAdmission admission, CraftedZip zip)
      throws IOException {
    return Rejections.assertRejected(reason, admission, zip.writeTo(folder.resolve("bundle.zip")));
  }

  private static List<String> paths(WebBundle bundle) {
    return bundle.files().stream().map(BundleFile::path).toList();
  }

  static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void zipOfTheJdk_isAdmitted_withChecksumsAndFiles() throws Exception {
    Path file = folder.resolve("bundle.zip");
    byte[] stored = "plain".getBytes(UTF_8);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setComment("made by the JDK");
      zip.putNextEntry(new ZipEntry("assets/"));
      zip.putNextEntry(new ZipEntry("assets/größe [slug]...js"));
      zip.write("console.log(1)".getBytes(UTF_8));
      ZipEntry entry = new ZipEntry("stored.txt");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(stored.length);
      entry.setCrc(CraftedEntry.crc32(stored));
      zip.putNextEntry(entry);
      zip.write(stored);
      zip.putNextEntry(new ZipEntry("empty.css"));
      zip.putNextEntry(new ZipEntry("index.html"));
      zip.write("<p>".getBytes(UTF_8));
    }

    WebBundle bundle = ZipAdmission.standard().admit(file);

    byte[] bytes = Files.readAllBytes(file);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    assertEquals(sha256(bytes), bundle.sha256());
    assertEquals(String.format("%08x", crc.getValue()), bundle.crc32());
    assertEquals(bytes.length, bundle.size());
    assertEquals(Optional.empty(), bundle.rootFolder());
    assertEquals(
        List.of(
            new BundleFile(
                "assets/größe [slug]...js", 14, sha256("console.log(1)".getBytes(UTF_8))),
            new BundleFile("stored.txt", 5, sha256(stored)),
            new BundleFile("empty.css", 0, SHA256_OF_NOTHING),
            new BundleFile("index.html", 3, sha256("<p>".getBytes(UTF_8)))),
        bundle.files());
    assertEquals(22, bundle.contentSize());
    assertEquals(
        List.of(false, false, true, false),
        bundle.files().stream().map(BundleFile::isEmpty).toList());
  }

  @Test
  void crc32_withLeadingZero_hasEightDigits() throws IOException {
    CraftedZip zip = CraftedZip.withIndex();
    String crc32 = "";
    for (int i = 0; !crc32.startsWith("0"); i++) {
      zip.comment = Integer.toString(i).getBytes(UTF_8);
      crc32 = admit(zip).crc32();
    }
    assertEquals(8, crc32.length());
    assertEquals(CraftedEntry.crc32(zip.bytes()), Long.parseLong(crc32, 16));
  }

  @Test
  void filesInOneFolder_haveItAsRoot_andPathsBelowIt() throws IOException {
    WebBundle bundle =
        admit(
            CraftedZip.empty()
                .add(CraftedEntry.folder("www/"))
                .add(CraftedEntry.stored("www/index.html", "x"))
                .add(CraftedEntry.stored("www/www/index.html", "y")));
    assertEquals(Optional.of("www"), bundle.rootFolder());
    assertEquals(List.of("index.html", "www/index.html"), paths(bundle));
    assertEquals(List.of(), bundle.strayNames());
  }

  @Test
  void namesOfMacOsAndHiddenOnes_besideTheRootFolder_areNoFilesOfTheBundle() throws IOException {
    WebBundle bundle =
        admit(
            CraftedZip.empty()
                .add(CraftedEntry.stored("www/index.html", "x"))
                .add(CraftedEntry.stored("www/.well-known/a.json", "{}"))
                .add(CraftedEntry.stored("__MACOSX/www/._index.html", "y"))
                .add(CraftedEntry.stored(".DS_Store", "z")));
    assertEquals(Optional.of("www"), bundle.rootFolder());
    assertEquals(List.of("index.html", ".well-known/a.json"), paths(bundle));
    assertEquals(List.of(".DS_Store", "__MACOSX"), bundle.strayNames());
    assertEquals(3, bundle.contentSize());
  }

  @Test
  void indexAtRoot_keepsAllFiles_hiddenOnesToo() throws IOException {
    WebBundle bundle =
        admit(
            CraftedZip.withIndex()
                .add(CraftedEntry.stored("__MACOSX/._index.html", "y"))
                .add(CraftedEntry.stored("www/index.html", "z")));
    assertEquals(Optional.empty(), bundle.rootFolder());
    assertEquals(List.of("index.html", "__MACOSX/._index.html", "www/index.html"), paths(bundle));
    assertEquals(List.of(), bundle.strayNames());
  }

  @Test
  void indexInOneOfTwoFolders_isRejected_alsoIfTheOtherIsEmpty() throws IOException {
    String message =
        assertRejected(
            Reason.NO_INDEX,
            CraftedZip.empty()
                .add(CraftedEntry.stored("www/index.html", "x"))
                .add(CraftedEntry.folder("empty/")));
    assertTrue(message.contains("'empty', 'www'"), message);
  }

  @Test
  void indexInFolderThatClientsLookPast_isRejected() throws IOException {
    assertRejected(
        Reason.NO_INDEX, CraftedZip.empty().add(CraftedEntry.stored(".www/index.html", "x")));
  }

  @Test
  void indexTwoFoldersDeep_inOtherCase_orAsFolder_isRejected() throws IOException {
    for (String name : List.of("a/b/index.html", "Index.html", "www/INDEX.HTML")) {
      assertRejected(Reason.NO_INDEX, CraftedZip.empty().add(CraftedEntry.stored(name, "x")));
    }
    assertRejected(Reason.NO_INDEX, CraftedZip.empty().add(CraftedEntry.folder("index.html/")));
  }

  @Test
  void zipWithoutEntries_isRejected() throws IOException {
    assertRejected(Reason.NO_INDEX, CraftedZip.empty());
  }

  @Test
  void rootIndexOnly_rejectsIndexInFolder() throws IOException {
    ZipAdmission strict = ZipAdmission.builder().rootIndexOnly().build();
    CraftedZip inFolder = CraftedZip.empty().add(CraftedEntry.stored("www/index.html", "x"));
    assertRejected(Reason.NO_INDEX, strict, inFolder);
    admit(inFolder);
    strict.admit(CraftedZip.withIndex().writeTo(folder.resolve("root.zip")));
  }

  @Test
  void descriptors_withAndWithoutSignature_areAdmitted() throws IOException {
    CraftedEntry unsigned = CraftedEntry.deflated("a.js", "aaaa").announcedBehind();
    unsigned.behind(
        CraftedEntry.numbers(
            unsigned.central.crc32, unsigned.central.compressedSize, unsigned.central.size));
    WebBundle bundle =
        admit(
            CraftedZip.withIndex()
                .add(CraftedEntry.deflated("b.js", "bbbb").streamed())
                .add(unsigned));
    assertEquals(List.of("index.html", "b.js", "a.js"), paths(bundle));
  }

  @Test
  void extraFieldsCommentsAndCentralOrder_areFree() throws IOException {
    byte[] time = {0x55, 0x54, 5, 0, 1, 1, 2, 3, 4};
    CraftedEntry last = CraftedEntry.stored("z.js", "z");
    CraftedZip zip =
        CraftedZip.empty()
            .addHidden(last)
            .add(
                CraftedEntry.stored("index.html", "x")
                    .local(header -> header.extra = time)
                    .central(header -> header.comment = "the page".getBytes(UTF_8)))
            .addListed(last);
    zip.comment = "a comment".getBytes(UTF_8);
    assertEquals(List.of("z.js", "index.html"), paths(admit(zip)));
  }

  @Test
  void unixModesOfFilesAndFolders_areAdmitted() throws IOException {
    admit(
        CraftedZip.withIndex()
            .add(CraftedEntry.folder("a/").central(header -> header.attributes = 040755 << 16 | 16))
            .add(CraftedEntry.stored("a/b", "").central(header -> header.attributes = 0755 << 16))
            .add(
                CraftedEntry.stored("c", "").central(header -> header.attributes = 0100644 << 16)));
  }

  @Test
  void contentOfSeveralBuffers_storedAndDeflated_isAdmitted() throws Exception {
    byte[] content = new byte[1_000_003];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 ^ i >> 7);
    }
    WebBundle bundle =
        admit(
            CraftedZip.withIndex()
                .add(CraftedEntry.stored("stored", content))
                .add(CraftedEntry.deflated("deflated", content).streamed()));
    for (BundleFile file : bundle.files().subList(1, 3)) {
      assertEquals(new BundleFile(file.path(), content.length, sha256(content)), file);
    }
  }

  @Test
  void admission_leavesNothingBehind() throws IOException {
    admit(CraftedZip.withIndex());
    assertRejected(Reason.NO_INDEX, CraftedZip.empty());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("bundle.zip")), files.toList());
    }
    assertTrue(Files.deleteIfExists(folder.resolve("bundle.zip")));
  }

  @Test
  void missingFile_throwsUncheckedIoException() {
    Path missing = folder.resolve("missing.zip");
    assertThrows(UncheckedIOException.class, () -> ZipAdmission.standard().admit(missing));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 0xffffffffL})
  void sizesThatNeedZip64_areNoLimits(long bytes) {
    ZipAdmission.Builder builder = ZipAdmission.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.maxArchiveSize(bytes));
    assertThrows(IllegalArgumentException.class, () -> builder.maxEntrySize(bytes));
    assertThrows(IllegalArgumentException.class, () -> builder.maxEntries((int) bytes));
  }

  @Test
  void toString_namesNoFile() throws IOException {
    WebBundle bundle = admit(CraftedZip.withIndex());
    assertTrue(bundle.toString().contains(bundle.sha256()), bundle.toString());
    assertFalse(bundle.toString().contains(folder.toString()), bundle.toString());
  }
}
