package dev.hotupdater.cli;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which tables a command is about: those of bundles, unless an option names others. */
final class TablesOption {
  @ArgGroup private Choice choice = new Choice();

  /** The options, of which one may be given. */
  private static final class Choice {
    @Option(
        names = "--releases",
        description = "The tables of apps and releases, instead of those of bundles.")
    private boolean releases;

    @Option(
        names = "--devices",
        description = "The tables of what devices told, instead of those of bundles.")
    private boolean devices;
  }

  Tables tables() {
    if (choice.releases) {
      return Tables.RELEASES;
    }
    return choice.devices ? Tables.DEVICES : Tables.BUNDLES;
  }
}
