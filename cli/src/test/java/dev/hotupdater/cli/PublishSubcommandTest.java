package dev.hotupdater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a part of the whole command line; what it does is tested beside it. */
class PublishSubcommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path dist = Path.of("");

  private int publish(String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "publish";
    System.arraycopy(options, 0, args, 1, options.length);
    return HotUpdaterCli.run(
        new Surroundings() {
          @Override
          public Optional<String> ask(String question) {
            return Optional.empty();
          }

          @Override
          public Optional<String> askForPassword(String question) {
            return Optional.empty();
          }

          @Override
          public Optional<String> variable(String name) {
            return Optional.empty();
          }
        },
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        args);
  }

  private int dryRun() {
    return publish(
        "--server",
        "https://updates.example.com/api/sync/ota",
        "--app",
        "com.example.app",
        "--version",
        "1.2.0",
        "--dist",
        dist.toString(),
        "--dry-run");
  }

  @Test
  void publish_versionOption_isThatOfTheRelease() throws Exception {
    Files.writeString(dist.resolve("my-app_1.2.0_amd64.deb"), "content");
    Files.writeString(dist.resolve("my-app_1.2.0_amd64.deb.sig"), "signature");

    assertEquals(0, dryRun(), err::toString);

    assertTrue(out.toString().contains("linux-x86_64-deb-file"), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void publish_thatFails_endsWithOneAndALineForEachProblemAndTheWhole() throws Exception {
    Files.writeString(dist.resolve("my-app_1.2.0_amd64.deb"), "content");
    Files.writeString(dist.resolve("my-app_1.2.0_amd64.rpm.sig"), "signature");

    assertEquals(1, dryRun());

    assertEquals(3, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("need attention"), err.toString());
  }

  @Test
  void publish_withoutWhatItNeeds_isAWrongCall() {
    assertEquals(2, publish());

    assertTrue(err.toString().contains("Missing required options"), err.toString());
  }

  @Test
  void publish_help_saysWhereTheTokenBelongs() {
    assertEquals(0, publish("--help"));

    assertTrue(out.toString().contains("Usage: hotupdater publish"), out.toString());
    assertTrue(out.toString().contains("HOT_UPDATER_TOKEN"), out.toString());
  }
}
