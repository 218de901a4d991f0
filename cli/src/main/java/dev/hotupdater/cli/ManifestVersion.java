package dev.hotupdater.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar says it has. */
final class ManifestVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = HotUpdaterCli.class.getPackage().getImplementationVersion();
    return new String[] {"hotupdater " + Optional.ofNullable(version).orElse("(unpackaged)")};
  }
}
