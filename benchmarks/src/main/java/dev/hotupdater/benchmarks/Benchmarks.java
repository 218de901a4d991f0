package dev.hotupdater.benchmarks;

import dev.hotupdater.benchmarks.http.HttpCommand;
import dev.hotupdater.benchmarks.http.StaticServerCommand;
import dev.hotupdater.benchmarks.http.UpdateServerCommand;
import dev.hotupdater.benchmarks.jmh.JmhCommand;
import dev.hotupdater.benchmarks.nodes.NodesCommand;
import dev.hotupdater.benchmarks.startup.StartupCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Tables go to the standard output, progress to the standard error. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    description = "Measures the library. Run from the root of the repository.",
    subcommands = {
      JmhCommand.class,
      HttpCommand.class,
      NodesCommand.class,
      StartupCommand.class,
      UpdateServerCommand.class,
      StaticServerCommand.class
    })
public final class Benchmarks {
  private Benchmarks() {}

  /** Runs one of the commands. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Benchmarks()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }
}
