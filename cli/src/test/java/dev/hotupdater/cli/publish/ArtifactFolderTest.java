package dev.hotupdater.cli.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.release.ReleaseRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactFolderTest {
  private static final String VERSION = "1.2.0";

  @TempDir Path directory = Path.of("");

  private void write(String name, String content) throws IOException {
    Path file = directory.resolve("dist").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void signed(String name) throws IOException {
    write(name, "content of " + name);
    write(name + ".sig", " signature of " + name + "\n");
  }

  private FolderContents scan() {
    return ArtifactFolder.scan(directory.resolve("dist"), List.of(), VERSION);
  }

  private FolderContents scan(String list) throws IOException {
    Path file = directory.resolve("artifacts.json");
    Files.writeString(file, list);
    return ArtifactFolder.scan(directory.resolve("dist"), ArtifactList.read(file), VERSION);
  }

  private static Map<String, String> targets(FolderContents contents) {
    return contents.artifacts().stream()
        .collect(Collectors.toMap(ArtifactFile::name, file -> file.target().toString()));
  }

  private List<String> problems() {
    return assertThrows(PublishException.class, this::scan).details();
  }

  private static void assertOne(List<String> lines, String... parts) {
    assertEquals(1, lines.size(), lines.toString());
    for (String part : parts) {
      assertTrue(lines.get(0).contains(part), lines.get(0));
    }
  }

  @Test
  void scan_ofTheFoldersOfABuild_findsEachPackageOnce() throws Exception {
    signed("bundle/appimage/my-app_1.2.0_amd64.AppImage");
    signed("bundle/deb/my-app_1.2.0_amd64.deb");
    signed("target/aarch64-apple-darwin/release/bundle/macos/My App.app.tar.gz");
    signed("target/x86_64-pc-windows-msvc/release/bundle/nsis/My App_1.2.0_x64-setup.exe");
    write("bundle/appimage/my-app.AppDir/usr/bin/tool.exe", "inside of a package");
    write("bundle/macos/My App.app/Contents/x.deb", "inside of a package");
    write(".git/x.deb", "hidden");

    FolderContents contents = scan();

    assertEquals(
        Map.of(
            "bundle/appimage/my-app_1.2.0_amd64.AppImage", "linux-x86_64-appimage-file",
            "bundle/deb/my-app_1.2.0_amd64.deb", "linux-x86_64-deb-file",
            "target/aarch64-apple-darwin/release/bundle/macos/My App.app.tar.gz",
                "darwin-aarch64-app",
            "target/x86_64-pc-windows-msvc/release/bundle/nsis/My App_1.2.0_x64-setup.exe",
                "windows-x86_64-nsis-file"),
        targets(contents));
    assertEquals(List.of(), contents.remarks());
  }

  @Test
  void scan_signature_isTakenWithoutWhiteSpaceAroundIt() throws Exception {
    signed("my-app_1.2.0_amd64.deb");

    ArtifactFile file = scan().artifacts().get(0);

    assertEquals("signature of my-app_1.2.0_amd64.deb", file.signature());
    assertEquals("my-app_1.2.0_amd64.deb", file.fileName());
    assertEquals(Files.size(file.path()), file.size());
  }

  @Test
  void scan_targetFolderAboveTheNamedFolder_counts() throws Exception {
    signed("target/aarch64-apple-darwin/release/bundle/macos/My App.app.tar.gz");

    FolderContents contents =
        ArtifactFolder.scan(
            directory.resolve("dist/target/aarch64-apple-darwin/release/bundle"),
            List.of(),
            VERSION);

    assertEquals(Map.of("macos/My App.app.tar.gz", "darwin-aarch64-app"), targets(contents));
  }

  @Test
  void scan_otherFiles_areListedAndLeftOut() throws Exception {
    signed("my-app_1.2.0_amd64.deb");
    write("latest.json", "{}");
    write("latest.json.sig", "of somebody");
    write("My App_1.2.0_x64.dmg", "image");
    write("My App_1.2.0_x64.dmg.sig", "signature");

    FolderContents contents = scan();

    assertEquals(1, contents.artifacts().size());
    assertEquals(2, contents.remarks().size(), contents.remarks().toString());
    assertTrue(contents.remarks().get(0).startsWith("My App_1.2.0_x64.dmg: "));
    assertTrue(contents.remarks().get(0).contains("cannot update from a disk image"));
    assertTrue(contents.remarks().get(1).startsWith("latest.json: "));
  }

  @Test
  void scan_manyOtherFiles_areNotAllListed() throws Exception {
    signed("my-app_1.2.0_amd64.deb");
    for (int i = 0; i < 50; i++) {
      write("other-" + i + ".txt", "text");
    }

    List<String> remarks = scan().remarks();

    assertEquals(21, remarks.size());
    assertEquals("and 30 other files", remarks.get(20));
  }

  @ParameterizedTest
  @CsvSource({
    "my-app_1.2.0_amd64.AppImage,   my-app_1.2.0_amd64.AppImage.tar.gz",
    "My App_1.2.0_x64-setup.exe,    My App_1.2.0_x64-setup.nsis.zip",
    "My App_1.2.0_x64_en-US.msi,    My App_1.2.0_x64_en-US.msi.zip",
  })
  void scan_ofABuildForOldClients_takesTheSignedArchive(String file, String archive)
      throws Exception {
    write(file, "installer");
    signed(archive);

    FolderContents contents = scan();

    assertEquals(
        List.of(archive), contents.artifacts().stream().map(ArtifactFile::fileName).toList());
    assertOne(contents.remarks(), file + ": ", "its archive " + archive);
  }

  @Test
  void scan_signedFileAndSignedArchive_areBothTaken() throws Exception {
    signed("my-app_1.2.0_amd64.AppImage");
    signed("my-app_1.2.0_amd64.AppImage.tar.gz");

    assertEquals(2, scan().artifacts().size());
  }

  @Test
  void scan_fileWithoutSignature_isAProblem() throws Exception {
    write("my-app_1.2.0_amd64.deb", "content");

    assertOne(problems(), "my-app_1.2.0_amd64.deb: has no my-app_1.2.0_amd64.deb.sig", "sign");
  }

  @Test
  void scan_signatureWithoutFile_isAProblem() throws Exception {
    signed("my-app_1.2.0_amd64.deb");
    write("my-app_1.2.0_amd64.rpm.sig", "signature");

    assertOne(problems(), "my-app_1.2.0_amd64.rpm.sig: the file it signs");
  }

  @Test
  void scan_twoFilesForOneTarget_areAProblemThatNamesBoth() throws Exception {
    signed("My App_1.2.0_x64_en-US.msi");
    signed("My App_1.2.0_x64_de-DE.msi");

    assertOne(
        problems(),
        "My App_1.2.0_x64_de-DE.msi and My App_1.2.0_x64_en-US.msi",
        "windows-x86_64-msi-file");
  }

  @Test
  void scan_unknownProcessor_isAProblemThatSaysWhatToDo() throws Exception {
    signed("My App.app.tar.gz");

    assertOne(problems(), "My App.app.tar.gz: ", "which processor", "--artifacts");
  }

  @Test
  void scan_nameAndFolderThatContradictEachOther_areAProblem() throws Exception {
    signed("aarch64-apple-darwin/My App_x64.app.tar.gz");

    assertOne(problems(), "darwin-x86_64 by its name", "darwin-aarch64 by its folder");
  }

  @Test
  void scan_emptyFile_isAProblem() throws Exception {
    signed("my-app_1.2.0_amd64.deb");
    write("my-app_1.2.0_amd64.deb", "");

    assertOne(problems(), "my-app_1.2.0_amd64.deb: is empty");
  }

  @Test
  void scan_emptyOrHugeSignature_isAProblem() throws Exception {
    signed("my-app_1.2.0_amd64.deb");
    write("my-app_1.2.0_amd64.deb.sig", "\n");
    assertOne(problems(), "my-app_1.2.0_amd64.deb.sig: is empty");

    write("my-app_1.2.0_amd64.deb.sig", "x".repeat(5000));
    assertOne(problems(), "my-app_1.2.0_amd64.deb.sig: ", "more than 4096 bytes");
  }

  @Test
  void scan_secretKeyInPlaceOfASignature_isAProblemAndIsNotRepeated() throws Exception {
    String secret = "untrusted comment: rsign encrypted secret key\nRWRTY0IySECRET4711";
    signed("my-app_1.2.0_amd64.deb");
    write("my-app_1.2.0_amd64.deb.sig", secret);

    List<String> problems = problems();

    assertOne(problems, "SECRET key");
    assertFalse(problems.get(0).contains("4711"), problems.get(0));
  }

  @Test
  void scan_signatureOfAnotherVersion_isAProblem() throws Exception {
    write("my-app_1.2.0_amd64.deb", "content");
    write("my-app_1.2.0_amd64.deb.sig", TestSigner.create().sign("content", "1.1.0"));
    assertOne(problems(), "version 1.1.0", "1.2.0");

    write("my-app_1.2.0_amd64.deb.sig", TestSigner.create().sign("content", "v1.2.0"));
    assertEquals(1, scan().artifacts().size());
  }

  @Test
  void scan_severalProblems_areAllReported() throws Exception {
    write("a_amd64.deb", "content");
    write("b_amd64.rpm", "content");
    write("c_amd64.AppImage.sig", "signature");

    assertEquals(3, problems().size());
  }

  @Test
  void scan_nothingToPublish_saysWhatWasFound() throws Exception {
    write("latest.json", "{}");

    PublishException failure = assertThrows(PublishException.class, this::scan);

    assertTrue(failure.getMessage().contains("nothing to publish"), failure.getMessage());
    assertOne(failure.details(), "latest.json");
  }

  @Test
  void scan_missingFolder_namesTheOption() {
    PublishException failure = assertThrows(PublishException.class, this::scan);

    assertTrue(failure.getMessage().contains("--dist"), failure.getMessage());
  }

  @Test
  void scan_moreThanAReleaseCanHave_isAProblem() throws Exception {
    for (int i = 0; i <= ReleaseRules.MAX_ARTIFACTS; i++) {
      signed("app-" + i + ".bin");
    }
    StringBuilder list = new StringBuilder();
    for (int i = 0; i <= ReleaseRules.MAX_ARTIFACTS; i++) {
      list.append(i == 0 ? "[" : ",")
          .append("{\"file\":\"app-" + i + ".bin\",\"target\":\"t" + i + "\",\"arch\":\"x\"}");
    }

    PublishException failure =
        assertThrows(PublishException.class, () -> scan(list.append(']').toString()));

    assertTrue(failure.getMessage().contains("at most 64"), failure.getMessage());
  }

  @Test
  void list_saysWhatNamesDoNot() throws Exception {
    signed("My App.app.tar.gz");
    write("tool.bin", "content");
    write("signatures/tool.txt", "signature");
    signed("my-app_1.2.0_amd64.deb");

    FolderContents contents =
        scan(
            """
            [{"file": "My App.app.tar.gz", "target": "darwin", "arch": "universal",
              "bundle_type": "app"},
             {"file": "tool.bin", "target": "freebsd", "arch": "x86_64", "packaging": "file",
              "signature_file": "signatures/tool.txt"}]
            """);

    assertEquals(
        Map.of(
            "My App.app.tar.gz", "darwin-universal-app",
            "tool.bin", "freebsd-x86_64-file",
            "my-app_1.2.0_amd64.deb", "linux-x86_64-deb-file"),
        targets(contents));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                       | must be a JSON array",
        "[                                                        | is not valid JSON, line 1",
        "[] []                                                    | is not valid JSON, line 1",
        "['a']                                                    | is not valid JSON",
        "[1]                                                      | element 1 must be an object",
        "[{\"target\":\"linux\",\"arch\":\"x\"}]                  | has no 'file'",
        "[{\"file\":\"a\",\"arch\":\"x\"}]                        | has no 'target'",
        "[{\"file\":\"a\",\"target\":\"linux\"}]                  | has no 'arch'",
        "[{\"file\":\"a\",\"target\":1,\"arch\":\"x\"}]           | 'target' must be a text",
        "[{\"file\":\"a\",\"target\":\"a b\",\"arch\":\"x\"}]     | 'target' must be 1 to 64",
        "[{\"file\":\"a\",\"os\":\"linux\"}]                      | unknown field 'os'",
        "[{\"file\":\"a\",\"target\":\"l\",\"arch\":\"x\",\"packaging\":\"zip\"}]"
            + "| must be \"file\" or \"archive\"",
        "[{\"file\":\"a\",\"target\":\"l\",\"arch\":\"x\"},"
            + "{\"file\":\"a\",\"target\":\"l\",\"arch\":\"y\"}] | names a twice",
      })
  void list_thatIsWrong_isRefusedWithThePlace(String list, String message) throws Exception {
    signed("my-app_1.2.0_amd64.deb");

    PublishException failure = assertThrows(PublishException.class, () -> scan(list));

    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "missing.bin, missing.bin: is listed",
    "../outside.bin, ../outside.bin: is not below the folder",
    "unsigned.bin, unsigned.bin: its signature unsigned.bin.sig is not there",
  })
  void list_ofFilesThatCannotBeTaken_isAProblem(String file, String problem) throws Exception {
    signed("my-app_1.2.0_amd64.deb");
    write("unsigned.bin", "content");
    Files.writeString(directory.resolve("outside.bin"), "content");

    PublishException failure =
        assertThrows(
            PublishException.class,
            () -> scan("[{\"file\":\"" + file + "\",\"target\":\"linux\",\"arch\":\"x86_64\"}]"));

    assertOne(failure.details(), problem);
  }
}
