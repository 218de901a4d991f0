package dev.hotupdater.examples.tauri;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder with files as {@code tauri build} names them, but with nothing in them. Their signatures
 * are none: the server takes any for an app that has not registered its public key.
 */
record ExampleBuild(Path folder) {
  /** The version of the app that was built. */
  static final String VERSION = "1.0.1";

  private static final List<String> FILES =
      List.of(
          "my-app_1.0.1_amd64.AppImage",
          "my-app_1.0.1_amd64.deb",
          "my-app_aarch64.app.tar.gz",
          "my-app_1.0.1_x64-setup.exe");

  /** The example of this data folder, which is made if it is not there. */
  static ExampleBuild in(Path data) throws IOException {
    Path folder = data.resolve("example-dist").toAbsolutePath();
    Files.createDirectories(folder);
    for (String file : FILES) {
      Files.writeString(folder.resolve(file), "In place of " + file + "\n");
      Files.writeString(folder.resolve(file + ".sig"), "in place of the signature of " + file);
    }
    return new ExampleBuild(folder);
  }
}
