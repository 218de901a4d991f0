package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.Bundle;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a bundle is found by, in the one form in which it is part of a key. */
final class TargetText {
  /** What JavaScript takes for white space. */
  private static final String SPACE =
      "[\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]";

  private static final Pattern SPACES = Pattern.compile(SPACE + "+");
  private static final Pattern OUTER_SPACE = Pattern.compile("^ | $");
  private static final Pattern SPACE_IN_COMPARATOR = Pattern.compile("([><=~^]+) ([0-9])");

  private TargetText() {}

  /** The target of a bundle: its range of app versions, or else its fingerprint. */
  static String of(Bundle bundle) {
    return appVersion(bundle).or(bundle::fingerprintHash).orElse("");
  }

  /** The normalised range of app versions; absent if the bundle has none. */
  static Optional<String> appVersion(Bundle bundle) {
    return bundle.targetAppVersion().map(TargetText::normalise).filter(text -> !text.isEmpty());
  }

  /** One plain space between comparators, and none inside of them. */
  static String normalise(String range) {
    String collapsed = SPACES.matcher(range).replaceAll(" ");
    String trimmed = OUTER_SPACE.matcher(collapsed).replaceAll("");
    return SPACE_IN_COMPARATOR.matcher(trimmed).replaceAll("$1$2");
  }
}
