package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the value of a {@code Range} field. */
final class RangeSpecifier {
  private static final Pattern BYTES = Pattern.compile("bytes=(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern RANGE = Pattern.compile("([0-9]*)-([0-9]*)");
  private static final int LONG_DIGITS = 18;

  private RangeSpecifier() {}

  static RangeRequest parse(String field, long size) {
    Matcher bytes = BYTES.matcher(field.strip());
    if (!bytes.matches()) {
      return new RangeRequest.Whole();
    }
    List<String> ranges = new ArrayList<>();
    for (String element : bytes.group(1).split(",", -1)) {
      if (!element.isBlank()) {
        ranges.add(element.strip());
      }
    }
    return ranges.size() == 1 ? single(ranges.get(0), size) : new RangeRequest.Whole();
  }

  private static RangeRequest single(String range, long size) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches() || range.length() == 1) {
      return new RangeRequest.Whole();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return suffix(number(last), size);
    }
    return fromTo(number(first), last.isEmpty() ? Long.MAX_VALUE : number(last), size);
  }

  private static RangeRequest suffix(long length, long size) {
    if (length == 0) {
      return new RangeRequest.Unsatisfiable(size);
    }
    // Satisfiable, but no Content-Range can say "none of 0 bytes".
    return size == 0
        ? new RangeRequest.Whole()
        : new RangeRequest.Part(Math.max(0, size - length), size - 1, size);
  }

  private static RangeRequest fromTo(long first, long last, long size) {
    if (last < first) {
      return new RangeRequest.Whole();
    }
    return first >= size
        ? new RangeRequest.Unsatisfiable(size)
        : new RangeRequest.Part(first, Math.min(last, size - 1), size);
  }

  /** A number too large for a long is larger than any size all the same. */
  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=[0-9])", "");
    return significant.length() > LONG_DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
  }
}
