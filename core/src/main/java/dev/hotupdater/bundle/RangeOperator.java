package dev.hotupdater.bundle;

/** How a version must compare with the one that stands in a range. */
enum RangeOperator {
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  EQUAL,
  NEVER;

  /** The operator with this text; no text means the same as {@code =}. */
  static RangeOperator of(String text) {
    switch (text) {
      case "<":
        return LESS;
      case "<=":
        return LESS_OR_EQUAL;
      case ">":
        return GREATER;
      case ">=":
        return GREATER_OR_EQUAL;
      default:
        return EQUAL;
    }
  }

  /** How many characters at the start of the word are its operator: 0 to 2. */
  static int length(String word) {
    int length = word.startsWith("<") || word.startsWith(">") ? 1 : 0;
    return word.startsWith("=", length) ? length + 1 : length;
  }

  /** Whether a version passes that is less, equal or greater: negative, zero or positive. */
  boolean accepts(int comparison) {
    switch (this) {
      case LESS:
        return comparison < 0;
      case LESS_OR_EQUAL:
        return comparison <= 0;
      case GREATER:
        return comparison > 0;
      case GREATER_OR_EQUAL:
        return comparison >= 0;
      case EQUAL:
        return comparison == 0;
      default:
        return false;
    }
  }

  /**
   * The operator that gives the same answers once the pre-release part is dropped from the version
   * in the range. App versions have no such part, so the release itself is above all its
   * pre-releases and equal to none, and which pre-release it was makes no difference.
   */
  RangeOperator withoutPrerelease() {
    switch (this) {
      case LESS_OR_EQUAL:
        return LESS;
      case GREATER:
        return GREATER_OR_EQUAL;
      case EQUAL:
        return NEVER;
      default:
        return this;
    }
  }
}
