package dev.hotupdater.cli.publish;

import java.util.regex.Pattern;

/** Texts of others, made safe for a terminal: one line, not too long, nothing that steers it. */
final class Printable {
  private static final int MAX_LENGTH = 500;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

  private Printable() {}

  static String of(String text) {
    String line = CONTROLS.matcher(text).replaceAll(" ").strip();
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }
}
