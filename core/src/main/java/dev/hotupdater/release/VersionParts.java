package dev.hotupdater.release;

/** The order of what stands after the numbers of a version. */
final class VersionParts {
  private VersionParts() {}

  /** A version without a pre-release comes after all of its pre-releases. */
  static int comparePreReleases(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(one.isEmpty(), other.isEmpty());
    }
    return compareLists(one, other);
  }

  /** A version without build metadata comes before all of its builds. */
  static int compareBuilds(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(!one.isEmpty(), !other.isEmpty());
    }
    return compareLists(one, other);
  }

  private static int compareLists(String one, String other) {
    if (one.equals(other)) {
      return 0;
    }
    String[] parts = one.split("\\.", -1);
    String[] others = other.split("\\.", -1);
    for (int i = 0; i < Math.min(parts.length, others.length); i++) {
      int order = compareParts(parts[i], others[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(parts.length, others.length);
  }

  private static int compareParts(String one, String other) {
    boolean isNumber = isNumber(one);
    if (isNumber != isNumber(other)) {
      return isNumber ? -1 : 1;
    }
    return isNumber ? compareNumbers(one, other) : one.compareTo(other);
  }

  /** By value, and then fewer leading zeros first, which only build metadata can have. */
  private static int compareNumbers(String one, String other) {
    String digits = withoutLeadingZeros(one);
    String otherDigits = withoutLeadingZeros(other);
    int order = Integer.compare(digits.length(), otherDigits.length());
    if (order == 0) {
      order = digits.compareTo(otherDigits);
    }
    return order != 0 ? order : Integer.compare(one.length(), other.length());
  }

  private static String withoutLeadingZeros(String digits) {
    int start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static boolean isNumber(String part) {
    return part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
