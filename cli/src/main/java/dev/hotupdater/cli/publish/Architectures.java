package dev.hotupdater.cli.publish;

import static java.util.Map.entry;

import dev.hotupdater.release.ArtifactTarget;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names that build tools give to processors, and those that clients ask with for the same.
 *
 * <p>Source: Tauri protocol, section 1, and the file names of Tauri's bundles.
 */
final class Architectures {
  private static final Map<String, String> BY_NAME =
      Map.ofEntries(
          entry("x86_64", "x86_64"),
          entry("x86-64", "x86_64"),
          entry("amd64", "x86_64"),
          entry("x64", "x86_64"),
          entry("aarch64", "aarch64"),
          entry("arm64", "aarch64"),
          entry("i386", "i686"),
          entry("i586", "i686"),
          entry("i686", "i686"),
          entry("x86", "i686"),
          entry("armhf", "armv7"),
          entry("armhfp", "armv7"),
          entry("armv7", "armv7"),
          entry("armv7l", "armv7"),
          entry("armv7hl", "armv7"),
          entry("riscv64", "riscv64"),
          entry("riscv64gc", "riscv64"),
          entry(ArtifactTarget.UNIVERSAL, ArtifactTarget.UNIVERSAL));

  private Architectures() {}

  /** The name that clients ask with; empty if none is known for this one. */
  static Optional<String> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /** A regular expression for all known names, the longest first. */
  static String expression() {
    return BY_NAME.keySet().stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .map(Pattern::quote)
        .collect(Collectors.joining("|"));
  }
}
