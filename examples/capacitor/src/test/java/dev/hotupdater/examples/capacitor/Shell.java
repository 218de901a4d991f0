package dev.hotupdater.examples.capacitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs the lines of shell scripts in a folder. */
record Shell(Path folder) {
  /** What the lines print, which must not fail. */
  String run(String lines, Map<String, String> variables) throws Exception {
    Path script = Files.writeString(folder.resolve("script.sh"), lines);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-e", script.toString()).directory(folder.toFile());
    builder.environment().putAll(variables);
    Path errors = folder.resolve("errors.log");
    Process process = builder.redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    assertEquals(0, status, output + Files.readString(errors));
    return output;
  }

  /** A file of the tests, put into the folder. */
  Path put(String resource) throws IOException {
    Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    return Files.write(file, bytes(resource));
  }

  /** A text of the tests. */
  static String text(String resource) throws IOException {
    return new String(bytes(resource), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream content = Shell.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IllegalArgumentException("No test resource " + resource);
      }
      return content.readAllBytes();
    }
  }

  static boolean canRun(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
