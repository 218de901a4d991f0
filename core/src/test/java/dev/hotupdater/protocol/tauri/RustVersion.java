package dev.hotupdater.protocol.tauri;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A version as the clients read and compare it, written a second time: by splitting, and with whole
 * numbers of any size.
 */
record RustVersion(List<BigInteger> numbers, List<String> preRelease, List<String> build)
    implements Comparable<RustVersion> {
  private static final BigInteger LIMIT = BigInteger.TWO.pow(64);

  static RustVersion parse(String text) {
    int plus = text.indexOf('+');
    String rest = plus < 0 ? text : text.substring(0, plus);
    List<String> build = plus < 0 ? List.of() : identifiers(text.substring(plus + 1));
    int hyphen = rest.indexOf('-');
    List<String> preRelease = hyphen < 0 ? List.of() : identifiers(rest.substring(hyphen + 1));
    if (preRelease.stream().anyMatch(each -> isNumber(each) && hasLeadingZero(each))) {
      throw new IllegalArgumentException("leading zero: " + text);
    }
    List<BigInteger> numbers = new ArrayList<>();
    for (String number : (hyphen < 0 ? rest : rest.substring(0, hyphen)).split("\\.", -1)) {
      if (!isNumber(number) || number.isEmpty() || hasLeadingZero(number)) {
        throw new IllegalArgumentException("bad number: " + text);
      }
      numbers.add(new BigInteger(number));
    }
    if (numbers.size() != 3 || numbers.stream().anyMatch(each -> each.compareTo(LIMIT) >= 0)) {
      throw new IllegalArgumentException("not three numbers: " + text);
    }
    return new RustVersion(numbers, preRelease, build);
  }

  private static List<String> identifiers(String text) {
    List<String> identifiers = List.of(text.split("\\.", -1));
    for (String identifier : identifiers) {
      boolean isGood =
          identifier.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-'));
      if (identifier.isEmpty() || !isGood) {
        throw new IllegalArgumentException("bad identifier: " + text);
      }
    }
    return identifiers;
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean hasLeadingZero(String number) {
    return number.length() > 1 && number.startsWith("0");
  }

  @Override
  public int compareTo(RustVersion other) {
    for (int i = 0; i < 3; i++) {
      int order = numbers.get(i).compareTo(other.numbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (preRelease.isEmpty() != other.preRelease.isEmpty()) {
      return preRelease.isEmpty() ? 1 : -1;
    }
    int order = compare(preRelease, other.preRelease);
    return order != 0 ? order : compare(build, other.build);
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < one.size() && i < other.size(); i++) {
      String left = one.get(i);
      String right = other.get(i);
      if (left.equals(right)) {
        continue;
      }
      if (isNumber(left) && isNumber(right)) {
        int order = new BigInteger(left).compareTo(new BigInteger(right));
        return order != 0 ? order : Integer.compare(left.length(), right.length());
      }
      if (isNumber(left) != isNumber(right)) {
        return isNumber(left) ? -1 : 1;
      }
      return left.compareTo(right);
    }
    return Integer.compare(one.size(), other.size());
  }
}
