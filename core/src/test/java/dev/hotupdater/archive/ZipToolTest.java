package dev.hotupdater.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zips of the tools that people pack their apps with. */
class ZipToolTest {
  private static final long DEADLINE_SECONDS = 60;

  @TempDir private Path folder;

  @BeforeEach
  void makeSite() throws IOException {
    Path assets = Files.createDirectories(folder.resolve("www/assets"));
    Files.createDirectory(folder.resolve("www/empty"));
    Files.writeString(folder.resolve("www/index.html"), "<p>Hello");
    Files.writeString(assets.resolve("app.js"), "app();".repeat(10_000));
    Files.writeString(assets.resolve("empty.css"), "");
  }

  private int run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    try {
      assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "the tool does not end");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private void assumeInstalled(String... command) throws Exception {
    boolean isInstalled;
    try {
      isInstalled = run(command) == 0;
    } catch (IOException e) {
      isInstalled = false;
    }
    assumeTrue(isInstalled, "no program `" + command[0] + "` on the path");
  }

  private void runWell(String... command) throws Exception {
    assertEquals(0, run(command), Files.readString(folder.resolve("output")));
  }

  private WebBundle admit(String name) {
    return ZipAdmission.standard().admit(folder.resolve(name));
  }

  private static List<String> sortedPaths(WebBundle bundle) {
    return bundle.files().stream().map(BundleFile::path).sorted().toList();
  }

  private static void assertSite(WebBundle bundle) throws Exception {
    byte[] script = "app();".repeat(10_000).getBytes(UTF_8);
    assertEquals(List.of("assets/app.js", "assets/empty.css", "index.html"), sortedPaths(bundle));
    assertTrue(
        bundle
            .files()
            .contains(
                new BundleFile("assets/app.js", script.length, ZipAdmissionTest.sha256(script))),
        bundle.files().toString());
  }

  @Test
  void zipOfTheCapgoCommandLine_hasTheChecksumsItPrints() throws Exception {
    Path file = folder.resolve("bundle.zip");
    try (InputStream zip =
        requireNonNull(ZipToolTest.class.getResourceAsStream("/capgo/com.example.app_1.2.0.zip"))) {
      Files.copy(zip, file);
    }
    WebBundle bundle = admit("bundle.zip");
    assertEquals(
        "8a530e5d01b830dc0eab32d0f6499a163d97584af7eea3d403cd0a85068db505", bundle.sha256());
    assertEquals("97697073", bundle.crc32());
    assertEquals(767, bundle.size());
    assertEquals(Optional.empty(), bundle.rootFolder());
    assertEquals(
        List.of("assets/app.js", "assets/empty.css", "assets/größe.txt", "index.html"),
        bundle.files().stream().map(BundleFile::path).toList());
    assertEquals(
        new BundleFile(
            "index.html", 75, "dd30c328ad3291a11fc47a72c9a68826e2e2ecd5c5b763f69b7d49d303e784b5"),
        bundle.files().get(3));
    ZipAdmission.builder().rootIndexOnly().build().admit(file);
  }

  @Test
  void zipOfInfoZip_isAdmitted_withAndWithoutItsFolder() throws Exception {
    assumeInstalled("zip", "-v");
    runWell("zip", "-q", "-r", "folder.zip", "www");
    runWell("sh", "-c", "cd www && printf comment | zip -q -9 -r -z ../root.zip .");
    assertSite(admit("folder.zip"));
    assertEquals(Optional.of("www"), admit("folder.zip").rootFolder());
    assertSite(admit("root.zip"));
  }

  @Test
  void zipOfInfoZip_updatedInPlace_isAdmitted() throws Exception {
    assumeInstalled("zip", "-v");
    Files.writeString(folder.resolve("www/old.js"), "old()");
    runWell("zip", "-q", "-r", "bundle.zip", "www");
    runWell("zip", "-q", "-d", "bundle.zip", "www/old.js");
    assertSite(admit("bundle.zip"));
  }

  @Test
  void zipOfInfoZip_writtenToAPipe_isAdmitted() throws Exception {
    assumeInstalled("zip", "-v");
    runWell("sh", "-c", "zip -q -r - www -x '*.css' | cat > bundle.zip");
    assertEquals(List.of("assets/app.js", "index.html"), sortedPaths(admit("bundle.zip")));
  }

  @Test
  void zipOfInfoZip_writtenToAPipe_withAnEmptyFile_isRejected_asAndroidDoes() throws Exception {
    assumeInstalled("zip", "-v");
    runWell("sh", "-c", "zip -q -r - www | cat > bundle.zip");
    assertEquals(Reason.STORED_WITH_DESCRIPTOR, reason("bundle.zip"));
    ZipException failure = assertThrows(ZipException.class, this::readFromTheFront);
    assertEquals("only DEFLATED entries can have EXT descriptor", failure.getMessage());
  }

  private void readFromTheFront() throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("bundle.zip"));
        ZipInputStream zip = new ZipInputStream(in)) {
      while (zip.getNextEntry() != null) {
        zip.closeEntry();
      }
    }
  }

  @Test
  void zipOfInfoZip_storedToAPipe_orWithLink_orEncrypted_isRejected() throws Exception {
    assumeInstalled("zip", "-v");
    runWell("sh", "-c", "zip -q -0 -r - www | cat > piped.zip");
    Reason piped = reason("piped.zip");
    assertEquals(Reason.STORED_WITH_DESCRIPTOR, piped);
    runWell("zip", "-q", "-r", "-P", "secret", "encrypted.zip", "www");
    assertEquals(Reason.ENCRYPTED, reason("encrypted.zip"));
    Files.createSymbolicLink(folder.resolve("www/link"), Path.of("/etc/passwd"));
    runWell("zip", "-q", "-r", "-y", "link.zip", "www");
    assertEquals(Reason.SPECIAL_FILE, reason("link.zip"));
  }

  private Reason reason(String name) {
    return assertThrows(RejectedZipException.class, () -> admit(name)).reason();
  }

  @Test
  void zipOfPython_isAdmitted_andWithAnotherMethodRejected() throws Exception {
    assumeInstalled("python3", "-c", "import zipfile, lzma");
    runWell("python3", "-c", "import shutil; shutil.make_archive('bundle', 'zip', 'www')");
    assertSite(admit("bundle.zip"));
    runWell("python3", "-m", "zipfile", "-c", "folder.zip", "www");
    assertSite(admit("folder.zip"));
    runWell(
        "python3",
        "-c",
        "import zipfile\n"
            + "with zipfile.ZipFile('lzma.zip', 'w', zipfile.ZIP_LZMA) as z:\n"
            + "  z.write('www/index.html', 'index.html')");
    assertEquals(Reason.UNSUPPORTED_METHOD, reason("lzma.zip"));
  }

  @Test
  void zipOfPython_writtenToAPipe_isAdmitted() throws Exception {
    assumeInstalled("python3", "-c", "import zipfile, zlib");
    runWell(
        "sh",
        "-c",
        "python3 -c \"import sys, zipfile\n"
            + "z = zipfile.ZipFile(sys.stdout.buffer, 'w', zipfile.ZIP_DEFLATED)\n"
            + "z.writestr('größe.txt', 'x')\n"
            + "z.write('www/index.html', 'index.html')\n"
            + "z.close()\" | cat > bundle.zip");
    assertEquals(
        List.of("größe.txt", "index.html"),
        admit("bundle.zip").files().stream().map(BundleFile::path).toList());
  }
}
