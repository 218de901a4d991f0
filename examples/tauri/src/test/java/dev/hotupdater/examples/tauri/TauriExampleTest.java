package dev.hotupdater.examples.tauri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the example as people do, and does what it says. */
class TauriExampleTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path data = Path.of("");

  private record Running(Process process, String token, List<String> commands)
      implements AutoCloseable {
    static Running start(Path data) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(JAVA, "-Xmx128m", "-cp", CLASS_PATH, TauriExample.class.getName());
      builder.environment().put("PORT", "0");
      builder.environment().put("DATA", data.toString());
      Process process = builder.redirectError(data.resolve("stderr.log").toFile()).start();
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder printed = new StringBuilder();
      List<String> commands = new ArrayList<>();
      String line = output.readLine();
      while (line != null && !line.startsWith("Stop with")) {
        printed.append(line).append('\n');
        if (line.startsWith("curl") || line.startsWith("java -jar")) {
          commands.add(line);
        }
        line = output.readLine();
      }
      String log = Files.readString(data.resolve("stderr.log"));
      assertTrue(line != null, () -> "ended early: " + printed + log);
      Matcher token = Pattern.compile("Token:\\s+(\\S+)").matcher(printed);
      assertTrue(token.find(), printed::toString);
      return new Running(process, token.group(1), commands);
    }

    void stop() throws InterruptedException {
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "did not stop");
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @Test
  void printedCommands_registerPublishCheckAndDownload_andSurviveARestart() throws Exception {
    assumeTrue(canRun("curl", "--version"), "curl is not installed");
    assumeTrue(canRun("sh", "-c", "true"), "there is no POSIX shell");
    try (Running server = Running.start(data)) {
      assertEquals(4, server.commands().size());
      assertTrue(shell(server.commands().get(0)).contains("\"slug\":\"my-app\""));
      assertTrue(shell(server.commands().get(1)).contains("Published version 1.0.1"));
      assertTrue(shell(server.commands().get(2)).contains("\"version\":\"1.0.1\""));
      assertTrue(shell(server.commands().get(3)).contains("In place of my-app_1.0.1_amd64"));
      server.stop();
      String log = Files.readString(data.resolve("stderr.log"));
      assertFalse(log.contains(server.token()), log);
      assertFalse(log.contains("signature="), log);
    }
    try (Running again = Running.start(data)) {
      assertTrue(shell(again.commands().get(1)).contains("already published"));
      assertTrue(shell(again.commands().get(2)).contains("\"version\":\"1.0.1\""));
      again.stop();
    }
  }

  private String shell(String command) throws IOException, InterruptedException {
    // The jar of the command line is packaged after this test.
    String runnable =
        command.replace(
            "java -jar cli/target/hotupdater-cli.jar",
            "'" + JAVA + "' -cp '" + CLASS_PATH + "' dev.hotupdater.cli.HotUpdaterCli");
    Process process =
        new ProcessBuilder("sh", "-c", runnable)
            .directory(data.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static boolean canRun(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
