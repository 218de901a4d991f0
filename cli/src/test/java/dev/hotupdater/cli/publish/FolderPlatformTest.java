package dev.hotupdater.cli.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderPlatformTest {
  @ParameterizedTest
  @CsvSource({
    "/b/target/aarch64-apple-darwin/release/bundle/macos/My App.app.tar.gz, darwin,  aarch64",
    "/b/target/universal-apple-darwin/release/bundle/macos/x.app.tar.gz,    darwin,  universal",
    "/b/target/x86_64-unknown-linux-gnu/release/bundle/deb/x.deb,           linux,   x86_64",
    "/b/target/armv7-unknown-linux-gnueabihf/release/bundle/deb/x.deb,      linux,   armv7",
    "/b/target/i686-pc-windows-msvc/release/bundle/msi/x.msi,               windows, i686",
    "/b/target/riscv64gc-unknown-linux-gnu/x.deb,                           linux,   riscv64",
    "/dist/darwin-aarch64/x.app.tar.gz,                                     darwin,  aarch64",
    "/dist/macos-x64/x.app.tar.gz,                                          darwin,  x86_64",
    "/dist/windows-x86_64/x.msi,                                            windows, x86_64",
    "/linux-x86_64/darwin-aarch64/x.app.tar.gz,                             darwin,  aarch64",
  })
  void above_folderOfATarget_saysWhatItIsFor(String file, String system, String arch) {
    assertEquals(
        Optional.of(new FolderPlatform(system, arch)), FolderPlatform.above(Path.of(file)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dist/x.deb",
        "/dist/macos/x.app.tar.gz",
        "/my-darwin-app/x.app.tar.gz",
        "/thumbv7em-none-eabihf/x.deb",
        "/linux-desktop/x.deb",
        "/x86_64-unknown-linux-gnu.d/x.deb"
      })
  void above_otherFolders_sayNothing(String file) {
    assertEquals(Optional.empty(), FolderPlatform.above(Path.of(file)));
  }
}
