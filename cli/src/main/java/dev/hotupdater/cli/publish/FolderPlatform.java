package dev.hotupdater.cli.publish;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a folder is for, as its name says: a target of cargo such as {@code aarch64-apple-darwin},
 * or system and processor such as {@code darwin-aarch64}.
 */
record FolderPlatform(String system, String arch) {
  private static final Pattern TARGET_TRIPLE =
      Pattern.compile("([a-z0-9_]+)-(?:[a-z0-9]+-)?(linux|darwin|windows)(?:-[a-z0-9]+)?");

  private static final Pattern SYSTEM_FIRST =
      Pattern.compile("(linux|darwin|macos|windows)-([a-z0-9_-]+)");

  /** What the nearest folder above this file is for; empty if none has such a name. */
  static Optional<FolderPlatform> above(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    while (folder != null && folder.getFileName() != null) {
      Optional<FolderPlatform> platform = named(folder.getFileName().toString());
      if (platform.isPresent()) {
        return platform;
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  private static Optional<FolderPlatform> named(String name) {
    Matcher triple = TARGET_TRIPLE.matcher(name);
    if (triple.matches()) {
      Optional<String> arch = Architectures.named(triple.group(1));
      if (arch.isPresent()) {
        return Optional.of(new FolderPlatform(triple.group(2), arch.get()));
      }
    }
    Matcher systemFirst = SYSTEM_FIRST.matcher(name);
    if (!systemFirst.matches()) {
      return Optional.empty();
    }
    String system = systemFirst.group(1).equals("macos") ? "darwin" : systemFirst.group(1);
    return Architectures.named(systemFirst.group(2)).map(arch -> new FolderPlatform(system, arch));
  }

  @Override
  public String toString() {
    return system + '-' + arch;
  }
}
