package dev.hotupdater.cli.publish;

import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.ReleaseRules;
import dev.hotupdater.release.ReleaseVersion;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a release is published as. */
final class ReleaseOptions {
  private static final int MAX_NOTES_BYTES = 1 << 18;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--version",
      required = true,
      paramLabel = "<version>",
      description = "The version of the release, as the app itself names it, such as 1.2.0")
  private String version = "";

  @ArgGroup private @Nullable Notes notes;

  @Option(
      names = "--channel",
      paramLabel = "<name>",
      description = "The channel; that of the server if it is left out.")
  private Optional<String> channel = Optional.empty();

  @Option(
      names = "--rollout",
      paramLabel = "<count>",
      description = "To how many of 1000 cohorts it is offered; to all if it is left out.")
  private Optional<Integer> rollout = Optional.empty();

  @Option(names = "--mandatory", description = "Users should not be able to decline it.")
  private boolean mandatory;

  /** What has changed. */
  static final class Notes {
    @Option(names = "--notes", paramLabel = "<text>", description = "What has changed.")
    private Optional<String> text = Optional.empty();

    @Option(
        names = "--notes-file",
        paramLabel = "<file>",
        description = "The file that says what has changed, in UTF-8.")
    private Optional<Path> file = Optional.empty();

    String read() {
      return file.map(path -> SmallFile.read(path, MAX_NOTES_BYTES).strip())
          .or(() -> text)
          .orElse("");
    }
  }

  /** The release; a wrong call if an option is not one. */
  NewRelease release() {
    if (ReleaseVersion.parse(version).isEmpty()) {
      throw wrong("--version " + ReleaseVersion.expectation() + ".");
    }
    return new NewRelease(
        version, notes == null ? "" : notes.read(), checkedChannel(), checkedRollout(), mandatory);
  }

  private Optional<String> checkedChannel() {
    try {
      channel.ifPresent(ReleaseRules::checkChannel);
      return channel;
    } catch (InvalidReleaseException e) {
      throw wrong("--channel: " + e.getMessage());
    }
  }

  private Rollout checkedRollout() {
    try {
      return rollout.map(Rollout::of).orElse(Rollout.FULL);
    } catch (IllegalArgumentException e) {
      throw wrong("--rollout must be between 0 and " + Rollout.FULL.count() + ".");
    }
  }

  private ParameterException wrong(String message) {
    if (command == null) {
      throw new IllegalStateException("used outside of a command");
    }
    return new ParameterException(command.commandLine(), message);
  }
}
