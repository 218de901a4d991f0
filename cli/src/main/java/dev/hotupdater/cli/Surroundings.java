package dev.hotupdater.cli;

import dev.hotupdater.cli.publish.ProgressStyle;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Optional;

/** The person, the terminal and the environment variables of a command. */
interface Surroundings {
  /** Asks for a line; empty if there is nobody to ask. */
  Optional<String> ask(String question);

  /** Asks for a password without showing it; empty if there is nobody to ask. */
  Optional<String> askForPassword(String question);

  /** The first line of what is piped in, without a question; empty if nothing is. */
  default Optional<String> pipedLine() {
    return Optional.empty();
  }

  /** The value of an environment variable, if it is set. */
  Optional<String> variable(String name);

  /** How progress is shown to whoever is there. */
  default ProgressStyle progressStyle() {
    return ProgressStyle.LINES;
  }

  /** Those of this process. */
  static Surroundings ofProcess() {
    return new OfProcess(Optional.ofNullable(System.console()));
  }

  /** Those of this process; without a console, a line is what is piped in. */
  record OfProcess(Optional<Console> console) implements Surroundings {
    @Override
    public Optional<String> ask(String question) {
      return console.isPresent()
          ? Optional.ofNullable(console.get().readLine("%s", question))
          : readPipedLine(question);
    }

    private static Optional<String> readPipedLine(String question) {
      System.out.print(question);
      System.out.flush();
      try {
        // Only one line is ever asked for, so nothing is lost in this reader's buffer.
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        return Optional.ofNullable(lines.readLine());
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    @Override
    public Optional<String> askForPassword(String question) {
      return console
          .filter(c -> Terminal.isAt(console))
          .map(c -> c.readPassword("%s", question))
          .map(String::new);
    }

    @Override
    public Optional<String> pipedLine() {
      try {
        return PipedLine.read(System.in);
      } catch (IOException e) {
        throw new UncheckedIOException("Standard input cannot be read: " + e.getMessage(), e);
      }
    }

    @Override
    public ProgressStyle progressStyle() {
      return Terminal.isAt(console) ? ProgressStyle.IN_PLACE : ProgressStyle.LINES;
    }

    @Override
    public Optional<String> variable(String name) {
      return Optional.ofNullable(System.getenv(name));
    }
  }
}
