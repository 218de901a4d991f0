package dev.hotupdater.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The whole update decision once more, written from the protocol alone and as plainly as possible,
 * to compare the real one with. It shares no code with the real one and goes about it differently:
 * a version is a text that sorts like it, a range is a list of intervals, a rollout is a table of
 * all cohorts.
 *
 * <p>It knows the documented range grammar. For texts outside of it that npm happens to accept,
 * such as {@code 1.0.0*} or {@code ~ >1}, it may answer differently.
 */
final class NaiveUpdateCheck {
  private static final String NIL = "00000000-0000-0000-0000-000000000000";

  private static final String SPACE =
      "[\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]";

  private static final String NUMERIC = "[1-9][0-9]{0,2}|1000";
  private static final String FIRST = sortable(0, 0, 0);
  private static final String END = "~";

  private static final Pattern NUMBERS =
      Pattern.compile(
          "(?<!\\d)(\\d{1,16})(?!\\d)(?:\\.(\\d{1,16})(?!\\d)(?:\\.(\\d{1,16})(?!\\d))?)?");

  private static final Pattern SPACES = Pattern.compile(SPACE + "+");
  private static final Pattern BUILD = Pattern.compile("\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*");
  private static final Pattern BEHIND_OPERATOR = Pattern.compile("(<|>|=|\\^|~) +");

  private static final Pattern PART =
      Pattern.compile("(<=|>=|<|>|\\^|~>|~|)[v=]*([0-9xX*.]+)(-[0-9A-Za-z.-]+)?");

  record Candidate(
      String id,
      String platform,
      String channel,
      boolean enabled,
      @Nullable String targetAppVersion,
      @Nullable String fingerprintHash,
      @Nullable Integer rolloutCohortCount,
      @Nullable List<String> targetCohorts,
      boolean shouldForceUpdate) {}

  record Request(
      String platform,
      String channel,
      String minBundleId,
      String bundleId,
      @Nullable String appVersion,
      @Nullable String fingerprintHash,
      @Nullable String cohort) {}

  /** The versions from one, inclusive, to another, exclusive. */
  private record Interval(String from, String to) {}

  private NaiveUpdateCheck() {}

  /** NONE, or UPDATE or ROLLBACK and an id, which is the nil UUID for the built-in bundle. */
  static String decide(List<Candidate> bundles, Request request) {
    List<String> all = new ArrayList<>();
    List<String> eligible = new ArrayList<>();
    for (Candidate bundle : bundles) {
      if (isCandidate(bundle, request)) {
        all.add(bundle.id());
        if (isEligible(bundle, request.cohort())) {
          eligible.add(bundle.id());
        }
      }
    }
    String running = request.bundleId();
    String newer = "";
    for (String id : eligible) {
      if (id.compareTo(running) > 0 && id.compareTo(newer) > 0) {
        newer = id;
      }
    }
    if (!newer.isEmpty()) {
      return "UPDATE " + newer;
    }
    if (running.equals(NIL) || eligible.contains(running)) {
      return "NONE";
    }
    String older = "";
    for (String id : all) {
      if (id.compareTo(running) < 0 && id.compareTo(older) > 0) {
        older = id;
      }
    }
    if (!older.isEmpty()) {
      return "ROLLBACK " + older;
    }
    return running.compareTo(request.minBundleId()) <= 0 ? "NONE" : "ROLLBACK " + NIL;
  }

  private static boolean isCandidate(Candidate bundle, Request request) {
    if (!bundle.enabled()
        || !bundle.platform().equals(request.platform())
        || !bundle.channel().equals(request.channel())
        || bundle.id().compareTo(request.minBundleId()) < 0) {
      return false;
    }
    String appVersion = request.appVersion();
    if (appVersion == null) {
      String fingerprintHash = bundle.fingerprintHash();
      return fingerprintHash != null && fingerprintHash.equals(request.fingerprintHash());
    }
    String range = bundle.targetAppVersion();
    return range != null && !range.isBlank() && satisfies(range, appVersion);
  }

  private static boolean isEligible(Candidate bundle, @Nullable String cohort) {
    Integer given = bundle.rolloutCohortCount();
    int count = given == null ? 1000 : given;
    if (cohort == null) {
      return count >= 1000;
    }
    String name = normalise(cohort);
    List<String> targets = bundle.targetCohorts();
    if (targets != null) {
      for (String target : targets) {
        if (normalise(target).equals(name)) {
          return true;
        }
      }
    }
    return name.matches(NUMERIC)
        && firstCohorts(bundle.id(), count).contains(Integer.valueOf(name));
  }

  private static String normalise(String cohort) {
    String name =
        cohort
            .replaceAll("^" + SPACE + "+", "")
            .replaceAll(SPACE + "+$", "")
            .toLowerCase(Locale.ROOT);
    return name.matches("0*(" + NUMERIC + ")") ? name.replaceFirst("^0+", "") : name;
  }

  /** The cohorts that a rollout of this size reaches: the start of the table of all of them. */
  private static List<Integer> firstCohorts(String id, int count) {
    int multiplier = Math.floorMod(hash(id + ":multiplier"), 997);
    while (multiplier % 2 == 0 || multiplier % 5 == 0) {
      multiplier++;
    }
    int offset = Math.floorMod(hash(id + ":offset"), 1000);
    List<Integer> table = new ArrayList<>();
    for (int position = 0; position < 1000; position++) {
      table.add((multiplier * position + offset) % 1000 + 1);
    }
    return table.subList(0, Math.max(0, Math.min(count, 1000)));
  }

  private static int hash(String text) {
    int hash = 0;
    for (char c : text.toCharArray()) {
      hash = hash * 31 + c;
    }
    return hash;
  }

  static boolean satisfies(String range, String appVersion) {
    Matcher numbers = NUMBERS.matcher(appVersion);
    if (!numbers.find()) {
      return false;
    }
    long[] version = new long[3];
    for (int i = 0; i < 3; i++) {
      String digits = numbers.group(i + 1);
      if (digits != null && !isNumber(digits)) {
        return false;
      }
      version[i] = digits == null ? 0 : Long.parseLong(digits);
    }
    String sortable = sortable(version[0], version[1], version[2]);
    boolean satisfied = false;
    for (String alternative : range.split("\\|\\|", -1)) {
      List<Interval> intervals = intervals(alternative);
      if (intervals == null) {
        return false;
      }
      boolean inAll = true;
      for (Interval interval : intervals) {
        inAll &= sortable.compareTo(interval.from()) >= 0;
        inAll &= sortable.compareTo(interval.to()) < 0;
      }
      satisfied |= inAll;
    }
    return satisfied;
  }

  /** The intervals that a version must be in, all of them; null if the text is no range. */
  private static @Nullable List<Interval> intervals(String alternative) {
    String spaced = SPACES.matcher(alternative).replaceAll(" ");
    String versions = BUILD.matcher(spaced).replaceAll("");
    String text = BEHIND_OPERATOR.matcher(versions).replaceAll("$1").strip();
    List<Interval> intervals = new ArrayList<>();
    String[] ends = text.split(" - ", -1);
    if (ends.length == 2) {
      Interval from = interval(ends[0]);
      Interval to = interval(ends[1]);
      if (from == null || to == null) {
        return null;
      }
      intervals.add(new Interval(from.from(), to.to()));
      return intervals;
    }
    for (String part : text.split(" +")) {
      Interval interval = part.isEmpty() ? new Interval(FIRST, END) : interval(part);
      if (interval == null) {
        return null;
      }
      intervals.add(interval);
    }
    return intervals;
  }

  private static @Nullable Interval interval(String part) {
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      return null;
    }
    String operator = matcher.group(1);
    String[] numbers = matcher.group(2).split("\\.", -1);
    boolean prerelease = matcher.group(3) != null;
    if (numbers.length > 3 || prerelease && numbers.length < 3) {
      return null;
    }
    boolean upwards = operator.startsWith("^") || operator.startsWith("~");
    List<Long> given = new ArrayList<>();
    boolean open = false;
    for (String number : numbers) {
      if (number.matches("[xX*]")) {
        open = true;
      } else if (!isNumber(number) || open && !upwards) {
        return null;
      } else if (!open) {
        given.add(Long.valueOf(number));
      }
    }
    String from = first(given);
    // No release equals a pre-release, and the next release behind it is the one it leads to.
    String behind = prerelease && !open ? from : behind(given);
    if (upwards && !given.isEmpty()) {
      return new Interval(from, behind(given.subList(0, changing(operator, given))));
    }
    switch (operator) {
      case "<":
        return new Interval(FIRST, from);
      case "<=":
        return new Interval(FIRST, behind);
      case ">":
        return new Interval(behind, END);
      case ">=":
        return new Interval(from, END);
      default:
        return new Interval(from, behind);
    }
  }

  /** How many of the numbers must stay as they are, or grow in the last place, for ^ and ~. */
  private static int changing(String operator, List<Long> given) {
    if (!operator.equals("^")) {
      return Math.min(2, given.size());
    }
    int count = 1;
    while (count < given.size() && given.get(count - 1) == 0) {
      count++;
    }
    return count;
  }

  /** The first version that starts with these numbers. */
  private static String first(List<Long> given) {
    return sortable(
        given.size() > 0 ? given.get(0) : 0,
        given.size() > 1 ? given.get(1) : 0,
        given.size() > 2 ? given.get(2) : 0);
  }

  /** The first version behind all that start with these numbers. */
  private static String behind(List<Long> given) {
    if (given.isEmpty()) {
      return END;
    }
    List<Long> next = new ArrayList<>(given);
    next.set(next.size() - 1, next.get(next.size() - 1) + 1);
    return first(next);
  }

  private static boolean isNumber(String digits) {
    return digits.matches("0|[1-9][0-9]{0,15}") && Long.parseLong(digits) <= 9007199254740991L;
  }

  private static String sortable(long major, long minor, long patch) {
    // A leading 1 makes all numbers equally long.
    long one = 100_000_000_000_000_000L;
    return one + major + "." + (one + minor) + "." + (one + patch);
  }
}
