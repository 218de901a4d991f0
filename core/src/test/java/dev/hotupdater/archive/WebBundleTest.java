package dev.hotupdater.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a bundle, handed out once more. */
class WebBundleTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("bundle.zip");
  }

  private WebBundle admit(CraftedZip zip) throws IOException {
    return ZipAdmission.standard().admit(zip.writeTo(file()));
  }

  private static CraftedZip inFolder(String script) {
    return CraftedZip.empty()
        .add(CraftedEntry.stored("www/a.js", script))
        .add(CraftedEntry.stored("__MACOSX/x", "y"))
        .add(CraftedEntry.deflated("www/index.html", "<p>").streamed())
        .add(CraftedEntry.stored("www/empty", ""));
  }

  @Test
  void forEachFile_givesEveryFile_withItsContent() throws Exception {
    WebBundle bundle = admit(inFolder("a(1)"));
    List<BundleFile> files = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    bundle.forEachFile(
        (file, content) -> {
          byte[] bytes = content.readAllBytes();
          files.add(file);
          contents.add(new String(bytes, UTF_8));
        });
    for (String content : contents) {
      hashes.add(ZipAdmissionTest.sha256(content.getBytes(UTF_8)));
    }
    assertEquals(bundle.files(), files);
    assertEquals(List.of("a(1)", "<p>", ""), contents);
    assertEquals(files.stream().map(BundleFile::sha256).toList(), hashes);
  }

  @Test
  void forEachFile_withContentsNotReadToTheirEnd_goesOn() throws Exception {
    WebBundle bundle = admit(inFolder("a(1)"));
    List<Integer> firstBytes = new ArrayList<>();
    bundle.forEachFile((file, content) -> firstBytes.add(content.read()));
    assertEquals(List.of((int) 'a', (int) '<', -1), firstBytes);
  }

  @Test
  void contentOfAChangedFile_isRejectedAtItsEnd() throws Exception {
    WebBundle bundle = admit(inFolder("a(1)"));
    admit(inFolder("a(2)"));
    RejectedZipException rejection =
        assertThrows(
            RejectedZipException.class,
            () -> bundle.forEachFile((file, content) -> content.readAllBytes()));
    assertEquals(Reason.CORRUPT_CONTENT, rejection.reason());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 100})
  void lastByteOfAChangedFile_isNeverGiven(int bufferSize) throws Exception {
    WebBundle bundle = admit(inFolder("a(1)"));
    admit(inFolder("a(2)"));
    List<String> given = new ArrayList<>();
    assertThrows(
        RejectedZipException.class,
        () ->
            bundle.forEachFile(
                (file, content) -> {
                  while (given.size() < file.size()) {
                    given.add(new String(content.readNBytes(bufferSize), UTF_8));
                  }
                }));
    assertFalse(String.join("", given).endsWith(")"), given.toString());
  }

  @Test
  void contentOfAShortenedFile_failsToBeRead() throws Exception {
    WebBundle bundle = admit(inFolder("a(1)"));
    Files.write(file(), new byte[3]);
    assertThrows(
        UncheckedIOException.class,
        () -> bundle.forEachFile((file, content) -> content.readAllBytes()));
  }

  @Test
  void exceptionOfTheVisitor_endsTheVisit() throws Exception {
    WebBundle bundle = admit(inFolder("a(1)"));
    List<String> visited = new ArrayList<>();
    UncheckedIOException thrown =
        assertThrows(
            UncheckedIOException.class,
            () ->
                bundle.forEachFile(
                    (file, content) -> {
                      visited.add(file.path());
                      throw new FileNotFoundException("disk full");
                    }));
    assertInstanceOf(FileNotFoundException.class, thrown.getCause());
    assertEquals(List.of("a.js"), visited);
  }

  @Test
  void contentKeptBeyondTheVisit_cannotBeRead() throws Exception {
    WebBundle bundle = admit(inFolder("a(1)"));
    List<InputStream> kept = new ArrayList<>();
    bundle.forEachFile((file, content) -> kept.add(content));
    for (InputStream content : kept) {
      assertThrows(IOException.class, content::read);
    }
  }

  @Test
  void opaqueBundle_hasTheChecksumsOfWhateverItIs() throws Exception {
    byte[] content = "123456789".getBytes(UTF_8);
    OpaqueBundle bundle = OpaqueBundle.of(Files.write(file(), content));
    assertEquals(
        new OpaqueBundle(ZipAdmissionTest.sha256(content), "cbf43926", content.length), bundle);
    OpaqueBundle empty = OpaqueBundle.of(Files.write(file(), new byte[0]));
    assertEquals("00000000", empty.crc32());
    assertEquals(0, empty.size());
  }

  @Test
  void opaqueBundle_ofAZip_hasTheChecksumsOfTheAdmission() throws Exception {
    WebBundle bundle = admit(inFolder("a".repeat(300_000)));
    assertEquals(
        new OpaqueBundle(bundle.sha256(), bundle.crc32(), bundle.size()), OpaqueBundle.of(file()));
    assertTrue(bundle.size() > 300_000);
  }

  @Test
  void opaqueBundle_ofAMissingFile_throwsUncheckedIoException() {
    assertThrows(UncheckedIOException.class, () -> OpaqueBundle.of(folder.resolve("missing")));
  }
}
