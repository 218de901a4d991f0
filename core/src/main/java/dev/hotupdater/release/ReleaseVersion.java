package dev.hotupdater.release;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by the rules of Semantic Versioning 2.0, in the total order of the Rust crate {@code
 * semver}: like the precedence of the standard, and versions that differ in their build metadata
 * alone are ordered by that. Clients compare so, and a server that did not would withhold updates
 * from them. Immutable.
 *
 * <p>Source: Tauri protocol, section 5.
 */
public final class ReleaseVersion implements Comparable<ReleaseVersion> {
  /** The longest version, in characters. */
  public static final int MAX_LENGTH = 128;

  private static final String NUMBER = "(0|[1-9][0-9]{0,19})";
  private static final String PRE_RELEASE_PART = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
  private static final String BUILD_PART = "[0-9A-Za-z-]+";
  private static final Pattern FORM =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-("
              + PRE_RELEASE_PART
              + "(?:\\."
              + PRE_RELEASE_PART
              + ")*))?(?:\\+("
              + BUILD_PART
              + "(?:\\."
              + BUILD_PART
              + ")*))?");

  private final String text;
  private final long major;
  private final long minor;
  private final long patch;
  private final String preRelease;
  private final String build;

  private ReleaseVersion(
      String text, long major, long minor, long patch, String preRelease, String build) {
    this.text = text;
    this.major = major;
    this.minor = minor;
    this.patch = patch;
    this.preRelease = preRelease;
    this.build = build;
  }

  /**
   * The version with this text.
   *
   * @throws InvalidReleaseException if it is none
   */
  public static ReleaseVersion of(String text) {
    return parse(text).orElseThrow(() -> InvalidReleaseException.of("version", expectation()));
  }

  /** What a version is expected to be, for messages that name the field themselves. */
  public static String expectation() {
    return "must be a semantic version such as 1.2.0, 1.2.0-beta.1 or 1.2.0+7, of at most "
        + MAX_LENGTH
        + " characters";
  }

  /** The version with this text; empty if it is none, or has numbers above 2^64-1. */
  public static Optional<ReleaseVersion> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ReleaseVersion(
              text,
              Long.parseUnsignedLong(matcher.group(1)),
              Long.parseUnsignedLong(matcher.group(2)),
              Long.parseUnsignedLong(matcher.group(3)),
              Optional.ofNullable(matcher.group(4)).orElse(""),
              Optional.ofNullable(matcher.group(5)).orElse("")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The first number, unsigned. */
  public long major() {
    return major;
  }

  /** The second number, unsigned. */
  public long minor() {
    return minor;
  }

  /** The third number, unsigned. */
  public long patch() {
    return patch;
  }

  /** What stands after the hyphen, such as {@code beta.1}; empty for a version that is none. */
  public String preRelease() {
    return preRelease;
  }

  /** What stands after the plus sign; empty if there is nothing. */
  public String build() {
    return build;
  }

  /** Whether this version comes after the other one. */
  public boolean isAfter(ReleaseVersion other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(ReleaseVersion other) {
    int order = Long.compareUnsigned(major, other.major);
    if (order == 0) {
      order = Long.compareUnsigned(minor, other.minor);
    }
    if (order == 0) {
      order = Long.compareUnsigned(patch, other.patch);
    }
    if (order == 0) {
      order = VersionParts.comparePreReleases(preRelease, other.preRelease);
    }
    return order != 0 ? order : VersionParts.compareBuilds(build, other.build);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReleaseVersion && ((ReleaseVersion) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
