package dev.hotupdater.examples.capacitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotupdater.login.PasswordHash;
import dev.hotupdater.login.Users;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the example says when it is ready. */
class WelcomeTest {
  @TempDir private Path data;

  @Test
  void printedCommands_signInUploadCheckAndDownload_andSurviveARestart() throws Exception {
    assumeTrue(Shell.canRun("curl", "--version"), "curl is not installed");
    assumeTrue(Shell.canRun("bash", "-c", "true"), "there is no bash");
    assumeTrue(Shell.canRun("unzip", "-v"), "unzip is not installed");
    Users users =
        Users.builder().add("admin", PasswordHash.ofPassword("a-password-to-try")).build();
    List<String> commands;
    try (CapacitorServer server = CapacitorServer.start(0, data, users)) {
      commands = commands(server);
      assertEquals(4, commands.size());
      String uploaded = shell(commands.get(0) + "\n" + commands.get(1));
      assertTrue(uploaded.contains("stable-1.2.0.zip"), uploaded);
      assertTrue(shell(commands.get(2)).contains("\"version\":\"1.2.0\""));
      assertTrue(shell(commands.get(3)).contains("Version 1.2.0"));
    }
    try (CapacitorServer again = CapacitorServer.start(0, data, users)) {
      assertTrue(shell(commands(again).get(3)).contains("Version 1.2.0"));
    }
  }

  private List<String> commands(CapacitorServer server) throws Exception {
    String text = Welcome.text(server.url(), "admin", "a-password-to-try", ExampleSite.in(data));
    return text.lines()
        .filter(line -> line.startsWith("curl") || line.startsWith("TOKEN="))
        .toList();
  }

  private String shell(String lines) throws Exception {
    return new Shell(data).run(lines, Map.of());
  }
}
