package dev.hotupdater.cli.publish;

import java.util.Locale;

/** Sizes as people read them. */
final class Size {
  private static final double STEP = 1000;
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Size() {}

  /** The size in the unit that fits, such as {@code 81.2 MB}. */
  static String of(long bytes) {
    if (bytes < STEP) {
      return bytes + " bytes";
    }
    double value = bytes / STEP;
    int unit = 0;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** How many hundredths of a file these bytes are. */
  static int percent(long bytes, ArtifactFile file) {
    return (int) (Math.min(bytes, file.size()) * 100.0 / file.size());
  }
}
