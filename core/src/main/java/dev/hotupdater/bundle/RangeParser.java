package dev.hotupdater.bundle;

import java.util.Optional;

/**
 * Compiles the text of a range. The methods answer whether what they were given may be part of a
 * range; one part that may not makes the whole range invalid.
 *
 * <p>npm reads a range by rewriting its text step by step, and its answers for odd texts follow
 * from the order of those steps. What looks arbitrary here is there to give the same answers.
 */
final class RangeParser {
  private static final int MAX_RANGE_LENGTH = 8192;
  private static final int MAX_VERSION_LENGTH = 256;
  private static final String OR = "||";
  private static final String HYPHEN = " - ";

  private final ComparatorSets.Builder comparators = new ComparatorSets.Builder();

  private RangeParser() {}

  /** The comparators of the range; empty if the text is not a range. */
  static Optional<ComparatorSets> parse(String range) {
    if (range.length() > MAX_RANGE_LENGTH) {
      return Optional.empty();
    }
    RangeParser parser = new RangeParser();
    return parser.range(EcmaWhitespace.collapse(range))
        ? Optional.of(parser.comparators.build())
        : Optional.empty();
  }

  private boolean range(String text) {
    int start = 0;
    int end = text.indexOf(OR);
    while (end >= 0) {
      if (!alternative(text.substring(start, end))) {
        return false;
      }
      start = end + OR.length();
      end = text.indexOf(OR, start);
    }
    return alternative(text.substring(start));
  }

  private boolean alternative(String alternative) {
    comparators.startSet();
    String text = RangeWords.withoutBuild(EcmaWhitespace.trim(alternative));
    int hyphen = text.indexOf(HYPHEN);
    if (hyphen >= 0) {
      return hyphenRange(text.substring(0, hyphen), text.substring(hyphen + HYPHEN.length()));
    }
    for (String word : RangeWords.of(text)) {
      if (!word(word)) {
        return false;
      }
    }
    return true;
  }

  private boolean hyphenRange(String from, String to) {
    String toText = to.endsWith(" ") ? to.substring(0, to.length() - 1) : to;
    return PartialVersion.parse(from).filter(this::hyphenStart).isPresent()
        && PartialVersion.parse(toText).filter(this::hyphenEnd).isPresent();
  }

  private boolean hyphenStart(PartialVersion from) {
    if (from.major() == PartialVersion.ANY) {
      return true;
    }
    return from.isPartial()
        ? atLeast(from)
        : exact(RangeOperator.GREATER_OR_EQUAL, withoutSpace(withoutSpace(from.prefix())), from);
  }

  private boolean hyphenEnd(PartialVersion to) {
    if (to.major() == PartialVersion.ANY) {
      return true;
    }
    if (to.isPartial()) {
      return belowNext(to);
    }
    String prefix = to.prerelease() ? "" : withoutSpace(to.prefix());
    return exact(RangeOperator.LESS_OR_EQUAL, prefix, to);
  }

  private static String withoutSpace(String prefix) {
    return prefix.startsWith(" ") ? prefix.substring(1) : prefix;
  }

  private boolean word(String word) {
    if (word.isEmpty()) {
      return true;
    }
    if (word.startsWith("^")) {
      return PartialVersion.parse(word.substring(1)).filter(this::caret).isPresent();
    }
    if (word.startsWith("~")) {
      int start = word.startsWith("~>") ? 2 : 1;
      return PartialVersion.parse(word.substring(start)).filter(this::tilde).isPresent();
    }
    int start = RangeOperator.length(word);
    Optional<PartialVersion> version = PartialVersion.parse(word.substring(start));
    if (version.isEmpty() || version.get().hasNumberAfterWildcard()) {
      return aroundStar(word);
    }
    RangeOperator operator = RangeOperator.of(word.substring(0, start));
    return version.get().isPartial()
        ? partial(operator, version.get())
        : exact(operator, version.get().prefix(), version.get());
  }

  /** {@code ^}: below the next change of the first number that is not zero. */
  private boolean caret(PartialVersion version) {
    if (version.major() == PartialVersion.ANY) {
      return true;
    }
    if (!atLeast(version)) {
      return false;
    }
    if (version.major() > 0 || version.minor() == PartialVersion.ANY) {
      return add(RangeOperator.LESS, version.major() + 1, 0, 0);
    }
    return version.minor() > 0 || version.patch() == PartialVersion.ANY
        ? belowNext(version)
        : add(RangeOperator.LESS, 0, 0, version.patch() + 1);
  }

  /** {@code ~}: below the next minor version, or the next major one if no minor is given. */
  private boolean tilde(PartialVersion version) {
    return version.major() == PartialVersion.ANY || atLeast(version) && belowNext(version);
  }

  private boolean partial(RangeOperator operator, PartialVersion version) {
    if (version.major() == PartialVersion.ANY) {
      boolean none = operator == RangeOperator.LESS || operator == RangeOperator.GREATER;
      return !none || add(RangeOperator.NEVER, 0, 0, 0);
    }
    switch (operator) {
      case LESS:
        PartialVersion lowest = version.lowest();
        return add(RangeOperator.LESS, lowest.major(), lowest.minor(), lowest.patch());
      case LESS_OR_EQUAL:
        return belowNext(version);
      case GREATER:
        return next(RangeOperator.GREATER_OR_EQUAL, version);
      case GREATER_OR_EQUAL:
        return atLeast(version);
      default:
        return atLeast(version) && belowNext(version);
    }
  }

  /**
   * A word that is a comparator once its first {@code *} is taken out, with the operator right
   * before it: npm takes {@code 1.0.0*} for 1.0.0, and {@code >*1.0.0} too.
   */
  private boolean aroundStar(String word) {
    int star = word.indexOf('*');
    if (star < 0) {
      return false;
    }
    int start = star;
    if (start > 0 && word.charAt(start - 1) == '=') {
      start--;
    }
    if (start > 0 && (word.charAt(start - 1) == '<' || word.charAt(start - 1) == '>')) {
      start--;
    }
    // Taking out the star may put a build part together that was none before.
    String rest = RangeWords.withoutBuildAtEnd(word.substring(0, start) + word.substring(star + 1));
    int end = RangeOperator.length(rest);
    Optional<PartialVersion> version = PartialVersion.parse(rest.substring(end));
    return version.isPresent()
        && !version.get().isPartial()
        && exact(RangeOperator.of(rest.substring(0, end)), version.get().prefix(), version.get());
  }

  /**
   * A comparator with all three numbers: unlike a partial one it may have one {@code v} at most.
   */
  private boolean exact(RangeOperator operator, String prefix, PartialVersion version) {
    return (prefix.isEmpty() || prefix.equals("v"))
        && prefix.length() + version.length() <= MAX_VERSION_LENGTH
        && add(
            version.prerelease() ? operator.withoutPrerelease() : operator,
            version.major(),
            version.minor(),
            version.patch());
  }

  private boolean atLeast(PartialVersion version) {
    return exact(RangeOperator.GREATER_OR_EQUAL, "", version.lowest());
  }

  private boolean belowNext(PartialVersion version) {
    return next(RangeOperator.LESS, version);
  }

  /**
   * Compares with the first release behind all that share the minor, or else the major, version.
   */
  private boolean next(RangeOperator operator, PartialVersion version) {
    return version.minor() == PartialVersion.ANY
        ? add(operator, version.major() + 1, 0, 0)
        : add(operator, version.major(), version.minor() + 1, 0);
  }

  private boolean add(RangeOperator operator, long major, long minor, long patch) {
    if (Math.max(major, Math.max(minor, patch)) > AppVersion.MAX_NUMBER) {
      return false;
    }
    comparators.add(operator, major, minor, patch);
    return true;
  }
}
