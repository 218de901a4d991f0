package dev.hotupdater.cli;

import dev.hotupdater.cli.publish.PublishCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command {@code hotupdater}. It ends with 0 if it did what was asked, with 1 if that failed,
 * and with 2 if it was called wrongly.
 */
@Command(
    name = "hotupdater",
    description = "Looks after the database of a Hot Updater server, and publishes to it.",
    mixinStandardHelpOptions = true,
    versionProvider = ManifestVersion.class,
    scope = ScopeType.INHERIT)
public final class HotUpdaterCli {
  @Option(
      names = "--verbose",
      description = "Print the stack trace of a failure.",
      scope = ScopeType.INHERIT)
  private boolean verbose;

  private HotUpdaterCli() {}

  /** Runs the command and ends the virtual machine with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(Surroundings.ofProcess(), out, err, args));
  }

  /** Runs the command and returns its exit code. */
  static int run(Surroundings surroundings, PrintWriter out, PrintWriter err, String... args) {
    HotUpdaterCli cli = new HotUpdaterCli();
    CommandLine db =
        new CommandLine(new DbCommand())
            .addSubcommand(new GenerateCommand())
            .addSubcommand(new MigrateCommand(surroundings))
            .addSubcommand(new StatusCommand(surroundings));
    return new CommandLine(cli)
        .addSubcommand(db)
        .addSubcommand(HashPasswordCommand.create(surroundings))
        .addSubcommand(PublishCommand.create(surroundings::variable, surroundings.progressStyle()))
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, command, parsed) -> cli.report(failure, command))
        .execute(args);
  }

  private int report(Exception failure, CommandLine command) {
    if (verbose) {
      failure.printStackTrace(command.getErr());
    } else {
      command.getErr().println(oneLine(failure));
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String oneLine(Exception failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.replaceAll("\\R\\s*", " ");
  }
}
