package dev.hotupdater.bundle;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The group of devices that a device belongs to, as normalised text: without white space at its
 * ends, in lower case, and a number from 1 to 1000 without leading zeros. Immutable; two cohorts
 * are equal if their normalised texts are.
 *
 * <p>A cohort is numeric (1 to 1000: rollouts reach these one after the other), custom (a name that
 * is reached only where a bundle targets it), or not valid (reached by nothing).
 *
 * <p>Source: Hot Updater protocol, "Cohorts and rollout".
 */
public final class Cohort {
  /** How many numeric cohorts there are; they are numbered from 1. */
  public static final int NUMERIC_COHORTS = 1000;

  /** The greatest length of a custom cohort, in characters. */
  public static final int MAX_LENGTH = 64;

  private final String text;
  private final OptionalInt number;

  private Cohort(String text) {
    this.text = text;
    number = OptionalInt.empty();
  }

  private Cohort(int number) {
    text = Integer.toString(number);
    this.number = OptionalInt.of(number);
  }

  /** The cohort with this text, which is normalised first. Any text is accepted. */
  public static Cohort of(String text) {
    String normalised = EcmaWhitespace.trim(text).toLowerCase(Locale.ROOT);
    int number = isAllDigits(normalised) ? number(normalised) : 0;
    return number >= 1 && number <= NUMERIC_COHORTS ? new Cohort(number) : new Cohort(normalised);
  }

  /**
   * The cohort of a device that was not given another one: one of the numeric cohorts, always the
   * same for the same device id.
   */
  public static Cohort defaultFor(String deviceId) {
    return new Cohort(Math.floorMod(deviceId.hashCode(), NUMERIC_COHORTS) + 1);
  }

  private static boolean isAllDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The number with these digits, or some number above the greatest cohort if it is above. */
  private static int number(String digits) {
    int number = 0;
    for (int i = 0; i < digits.length() && number <= NUMERIC_COHORTS; i++) {
      number = 10 * number + digits.charAt(i) - '0';
    }
    return number;
  }

  /** Whether this is one of the cohorts 1 to 1000. */
  public boolean isNumeric() {
    return number.isPresent();
  }

  /**
   * Whether this is a name: 1 to {@link #MAX_LENGTH} characters of {@code a-z}, {@code 0-9} and
   * {@code -}, not all of them digits.
   */
  public boolean isCustom() {
    if (text.length() > MAX_LENGTH || text.isEmpty() || isAllDigits(text)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
        return false;
      }
    }
    return true;
  }

  /** Whether a bundle may target this cohort: it is numeric or custom. */
  public boolean isValid() {
    return isNumeric() || isCustom();
  }

  /** The number of a numeric cohort, 1 to 1000; empty for any other. */
  public OptionalInt number() {
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cohort && ((Cohort) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The normalised text. */
  @Override
  public String toString() {
    return text;
  }
}
