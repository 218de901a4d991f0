package dev.hotupdater.cli;

import dev.hotupdater.jdbc.Dialect;
import dev.hotupdater.jdbc.JdbcSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes SQL without asking a database. */
@Command(
    name = "generate",
    description = "Writes the SQL that creates or migrates the tables. Needs no database.")
final class GenerateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--sql",
      required = true,
      paramLabel = "<dialect>",
      description = "postgresql, mysql (also for MariaDB) or sqlite")
  private String dialect = "";

  @Option(
      names = "--from",
      paramLabel = "<version>",
      description =
          "The version that the database has: 0.21.0 or 0.29.0. Without it, the SQL is for an empty"
              + " database.")
  private Optional<String> from = Optional.empty();

  @Mixin private TablesOption option = new TablesOption();

  @Option(
      names = "--out",
      paramLabel = "<file>",
      description = "The file to write; without it, the SQL is printed.")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() throws IOException {
    String sql = sql();
    if (out.isEmpty()) {
      commandLine().getOut().print(sql);
      commandLine().getOut().flush();
      return CommandLine.ExitCode.OK;
    }
    try {
      Files.writeString(out.get(), sql);
    } catch (IOException e) {
      throw new IOException("Could not write the file " + out.get() + ": " + e.getMessage(), e);
    }
    return CommandLine.ExitCode.OK;
  }

  private String sql() {
    Dialect known =
        Dialect.parse(dialect)
            .orElseThrow(() -> wrong("--sql must be postgresql, mysql or sqlite."));
    Tables tables = option.tables();
    if (from.isEmpty()) {
      return tables.generate(known);
    }
    if (tables != Tables.BUNDLES) {
      throw wrong(
          "--from is about the tables of bundles, and" + tables.option() + " leaves them out.");
    }
    try {
      return JdbcSchema.generate(known, from.get());
    } catch (IllegalArgumentException e) {
      throw wrong("--from: " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(commandLine(), message);
  }

  private CommandLine commandLine() {
    if (command == null) {
      throw new IllegalStateException("used outside of a command line");
    }
    return command.commandLine();
  }
}
