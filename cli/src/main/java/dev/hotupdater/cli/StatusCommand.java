package dev.hotupdater.cli;

import dev.hotupdater.jdbc.JdbcSchema;
import dev.hotupdater.jdbc.SchemaStatus;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows how far a database is. */
@Command(
    name = "status",
    description = "Shows which version of the tables the database has. Changes nothing.")
final class StatusCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private @Nullable CommandSpec command;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Mixin private TablesOption option = new TablesOption();

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (command == null) {
      throw new IllegalStateException("used outside of a command line");
    }
    JdbcSchema schema = JdbcSchema.of(connection.dataSource(surroundings));
    command.commandLine().getOut().println(text(option.tables(), schema));
    return CommandLine.ExitCode.OK;
  }

  private static String text(Tables tables, JdbcSchema schema) {
    SchemaStatus status = tables.status(schema);
    String migrate = "`db migrate" + tables.option() + "`";
    String version = status.version().orElse("");
    return switch (status.state()) {
      case MISSING -> "missing: " + migrate + " creates the " + tables.title();
      case OLD -> version + " is old: " + migrate + " brings the " + tables.title() + " up to date";
      case CURRENT -> version + " is current";
      case TOO_NEW -> version + " is not known: use a newer version of this command";
    };
  }
}
