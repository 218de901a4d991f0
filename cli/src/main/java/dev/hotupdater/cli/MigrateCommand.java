package dev.hotupdater.cli;

import dev.hotupdater.jdbc.JdbcSchema;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates or migrates the tables of a database. */
@Command(
    name = "migrate",
    description = {
      "Creates the tables, or brings older ones up to date.",
      "Shows the statements first and asks whether to execute them."
    })
final class MigrateCommand implements Callable<Integer> {
  private static final Set<String> CONSENT = Set.of("y", "yes");

  private final Surroundings surroundings;

  @Spec private @Nullable CommandSpec command;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Mixin private TablesOption option = new TablesOption();

  @Option(names = "--yes", description = "Execute the statements without asking.")
  private boolean yes;

  MigrateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (command == null) {
      throw new IllegalStateException("used outside of a command line");
    }
    PrintWriter out = command.commandLine().getOut();
    JdbcSchema schema = JdbcSchema.of(connection.dataSource(surroundings));
    Tables tables = option.tables();
    List<String> plan = tables.plan(schema);
    if (plan.isEmpty()) {
      out.println("The " + tables.title() + " is up to date. Nothing to do.");
      return CommandLine.ExitCode.OK;
    }
    plan.forEach(statement -> out.println(statement + ";\n"));
    if (!yes && !consents(command.commandLine(), plan.size())) {
      out.println("Nothing was changed.");
      return CommandLine.ExitCode.SOFTWARE;
    }
    List<String> executed = tables.migrate(schema);
    out.println(
        "Executed " + executed.size() + " statements. The " + tables.title() + " is up to date.");
    return CommandLine.ExitCode.OK;
  }

  private boolean consents(CommandLine commandLine, int statements) {
    Optional<String> answer =
        surroundings.ask("Execute these " + statements + " statements? [y/N] ");
    if (answer.isEmpty()) {
      throw new ParameterException(
          commandLine, "There is nobody to ask. Call it again with --yes to execute this.");
    }
    return CONSENT.contains(answer.get().strip().toLowerCase(Locale.ROOT));
  }
}
