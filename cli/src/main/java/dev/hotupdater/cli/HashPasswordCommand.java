package dev.hotupdater.cli;

import dev.hotupdater.login.PasswordHash;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the hash of a password, for the configuration of a server. */
@Command(
    name = "hash-password",
    description = {
      "Prints the hash of a password, for the users of a server.",
      "Asks for the password twice; without a terminal, the first line of standard input is it."
    },
    footer = {
      "",
      "There is no option for the password itself: other users of the machine see the options of a"
          + " command, and shells keep them."
    })
final class HashPasswordCommand implements Callable<Integer> {
  /** What a terminal with another character set makes of a letter that it does not have. */
  private static final char REPLACEMENT = '\ufffd';

  private final Surroundings surroundings;

  @Spec private @Nullable CommandSpec command;

  /** Taken, so that the message does not repeat it as that about other superfluous ones would. */
  @Parameters(hidden = true)
  private List<String> superfluous = List.of();

  private HashPasswordCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The command, for a command line to have it as a part. */
  static CommandLine create(Surroundings surroundings) {
    // What looks like an option may be a password as well.
    return new CommandLine(new HashPasswordCommand(surroundings))
        .setUnmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() {
    if (command == null) {
      throw new IllegalStateException("used outside of a command line");
    }
    if (!superfluous.isEmpty()) {
      throw wrong(
          command,
          "The password is not an argument, where others could see it. Call the command without"
              + " one, and take another password than this one.");
    }
    command.commandLine().getOut().println(hash(password(command)).text());
    return CommandLine.ExitCode.OK;
  }

  private static PasswordHash hash(String password) {
    if (password.indexOf(REPLACEMENT) >= 0) {
      throw new IllegalArgumentException(
          "The password was not understood. Pipe it in as UTF-8, or use ASCII characters alone.");
    }
    return PasswordHash.ofPassword(password);
  }

  private String password(CommandSpec command) {
    Optional<String> typed = surroundings.askForPassword("Password: ");
    if (typed.isEmpty()) {
      return surroundings
          .pipedLine()
          .orElseThrow(
              () -> wrong(command, "There is nobody to ask. Pipe the password into the command."));
    }
    if (!typed.equals(surroundings.askForPassword("The same again: "))) {
      throw new IllegalArgumentException("The two passwords are not the same. Nothing was done.");
    }
    return typed.get();
  }

  private static ParameterException wrong(CommandSpec command, String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
