package dev.hotupdater.cli.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.release.Packaging;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactNameTest {
  private static final String NONE = "-";

  @ParameterizedTest
  @CsvSource({
    // Linux
    "my-app_1.2.0_amd64.AppImage,                linux,   x86_64,    appimage, file",
    "my-app_1.2.0_aarch64.AppImage,              linux,   aarch64,   appimage, file",
    "my-app_1.2.0_i386.AppImage,                 linux,   i686,      appimage, file",
    "my-app_1.2.0_armhf.AppImage,                linux,   armv7,     appimage, file",
    "My App-x86_64.AppImage,                     linux,   x86_64,    appimage, file",
    "my-app_1.2.0_amd64.AppImage.tar.gz,         linux,   x86_64,    appimage, archive",
    "my-app_1.2.0_amd64.deb,                     linux,   x86_64,    deb,      file",
    "my-app_1.2.0-beta.1_arm64.deb,              linux,   aarch64,   deb,      file",
    "my-app_1.2.0_armhf.deb,                     linux,   armv7,     deb,      file",
    "my-app-1.2.0-1.x86_64.rpm,                  linux,   x86_64,    rpm,      file",
    "my-app-1.2.0-1.aarch64.rpm,                 linux,   aarch64,   rpm,      file",
    "my-app-1.2.0-1.armhfp.rpm,                  linux,   armv7,     rpm,      file",
    "my-app-1.2.0-1.armv7hl.rpm,                 linux,   armv7,     rpm,      file",
    "my-app_1.2.0_riscv64.deb,                   linux,   riscv64,   deb,      file",
    // macOS
    "My App_aarch64.app.tar.gz,                  darwin,  aarch64,   app,      -",
    "My App_x64.app.tar.gz,                      darwin,  x86_64,    app,      -",
    "My App_universal.app.tar.gz,                darwin,  universal, app,      -",
    "My App.app.tar.gz,                          darwin,  -,         app,      -",
    // Windows
    "My App_1.2.0_x64-setup.exe,                 windows, x86_64,    nsis,     file",
    "My App_1.2.0_x86-setup.exe,                 windows, i686,      nsis,     file",
    "My App_1.2.0_arm64-setup.exe,               windows, aarch64,   nsis,     file",
    "My App_1.2.0_x64.exe,                       windows, x86_64,    nsis,     file",
    "My App_1.2.0_x64-setup.nsis.zip,            windows, x86_64,    nsis,     archive",
    "My App_1.2.0_x64_en-US.msi,                 windows, x86_64,    msi,      file",
    "My App_1.2.0_arm64_sr-Latn-RS.msi,          windows, aarch64,   msi,      file",
    "My App_1.2.0_x86_de-DE.msi,                 windows, i686,      msi,      file",
    "My App_1.2.0_x64.msi,                       windows, x86_64,    msi,      file",
    "My App_1.2.0_x64_en-US.msi.zip,             windows, x86_64,    msi,      archive",
    // The name of the app says nothing of the processor.
    "x86-tools_1.2.0_amd64.deb,                  linux,   x86_64,    deb,      file",
    "arm64-emulator_1.2.0_x64-setup.exe,         windows, x86_64,    nsis,     file",
    "Universal.app.tar.gz,                       darwin,  -,         app,      -",
    "Fix86.AppImage,                             linux,   -,         appimage, file",
    "My App x64.app.tar.gz,                      darwin,  -,         app,      -",
    "setup.exe,                                  windows, -,         nsis,     file",
    // Letter case does not matter.
    "APP_1.2.0_AMD64.APPIMAGE,                   linux,   x86_64,    appimage, file",
  })
  void parse_nameOfABundle_saysWhatItIsFor(
      String name, String system, String arch, String bundleType, String packaging) {
    assertEquals(
        Optional.of(
            new ArtifactName(
                system,
                Optional.of(arch).filter(text -> !text.equals(NONE)),
                bundleType,
                Optional.of(packaging).flatMap(Packaging::fromJsonName))),
        ArtifactName.parse(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "My App_1.2.0_x64.dmg",
        "latest.json",
        "my-app",
        "my-app_1.2.0_amd64.tar.gz",
        "my-app_1.2.0_amd64.AppImage.zsync",
        "my-app.zip",
        "my-app_1.2.0_amd64.snap",
        "my-app.aab",
      })
  void parse_otherNames_areNone(String name) {
    assertEquals(Optional.empty(), ArtifactName.parse(name));
  }

  @Test
  void parse_processorThatIsNotKnown_isLeftOpen() {
    assertEquals(
        Optional.empty(), ArtifactName.parse("my-app_1.2.0_s390x.deb").orElseThrow().arch());
  }
}
