package dev.hotupdater.database;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The versions of the Hot Updater schema that this library knows, oldest first. For those who write
 * a database that the Node server can use as well. Source: Hot Updater protocol, "SQL schema".
 */
public enum SchemaVersion {
  /** Version 0.21.0. */
  V0_21_0("0.21.0"),
  /** Version 0.29.0. */
  V0_29_0("0.29.0"),
  /** Version 0.31.0. */
  V0_31_0("0.31.0");

  /** The version that this library works with. */
  public static final SchemaVersion CURRENT = V0_31_0;

  private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}");

  private final String text;

  SchemaVersion(String text) {
    this.text = text;
  }

  /** The version with this text, if it is known. */
  public static Optional<SchemaVersion> parse(String text) {
    return Arrays.stream(values()).filter(version -> version.text.equals(text)).findFirst();
  }

  /** The names of all versions that can be migrated from. */
  public static String names() {
    return Arrays.stream(values())
        .filter(version -> version != CURRENT)
        .map(SchemaVersion::toString)
        .collect(Collectors.joining(", "));
  }

  /** Whether a version, known or not, is older than the current one. */
  public static boolean isOld(String text) {
    return NUMBERS.matcher(text).matches()
        && Arrays.compare(numbers(text), numbers(CURRENT.text)) < 0;
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /** Whether it is older than the other one. */
  public boolean isBefore(SchemaVersion other) {
    return compareTo(other) < 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
