package dev.hotupdater.bundle;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The app versions that a bundle is meant for, written in npm's range grammar and compiled once.
 * Immutable and safe for use by several threads; two ranges are equal if their texts are.
 *
 * <p>The grammar: exact versions ({@code 1.2.3}), missing and wildcard parts ({@code 1.2}, {@code
 * 1.x}, {@code *}), {@code ^} and {@code ~}, {@code 1.2.3 - 2.0.0}, comparators with or without
 * spaces ({@code >= 5.7.0 <= 5.7.4}), spaces for "and", {@code ||} for "or". Build parts are
 * ignored. An empty text means every version.
 *
 * <p>Source: Hot Updater protocol, "App version matching", which is npm's {@code semver.satisfies}
 * with its default options.
 */
public final class AppVersionRange {
  private final String text;
  private final Optional<ComparatorSets> comparators;

  private AppVersionRange(String text) {
    this.text = text;
    comparators = RangeParser.parse(text);
  }

  /**
   * The range with this text. Never throws: a text that is not a range, or is longer than 8192
   * characters, gives a range that matches no version, because a bundle with such a range is
   * published to nobody rather than being an error for every device that asks. The time taken grows
   * with the length of the text and no faster.
   */
  public static AppVersionRange parse(String range) {
    return new AppVersionRange(range);
  }

  /** Whether the version is in this range. Allocates nothing. */
  public boolean matches(AppVersion version) {
    return comparators.isPresent() && comparators.get().match(version);
  }

  /**
   * Whether some version is in both ranges.
   *
   * <p>Versions between two points that ranges compare with are in the same ranges, so the least of
   * each such section stands for all of it.
   */
  public boolean intersects(AppVersionRange other) {
    return Stream.concat(
            Stream.of(new AppVersion(0, 0, 0)),
            Stream.concat(points(), other.points()).flatMap(VersionPoint::withNext))
        .anyMatch(version -> matches(version) && other.matches(version));
  }

  /** The versions that this one is compared with; none if the text is not a range. */
  Stream<VersionPoint> points() {
    return comparators.stream().flatMap(ComparatorSets::points);
  }

  /** Whether the text is a range; a range that is not valid matches nothing. */
  public boolean isValid() {
    return comparators.isPresent();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AppVersionRange && ((AppVersionRange) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text that the range was parsed from, unchanged. */
  @Override
  public String toString() {
    return text;
  }
}
