package dev.hotupdater.s3.database;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of an object with facts, which never changes. It tells what is in it, so that few are
 * read in vain, and sorts by the time of the last fact: no fact is later than the name says.
 *
 * @param order the place of the object; its time is that of the last fact, or later
 * @param first the time of the first fact
 * @param facts how many there are
 * @param kinds of which kinds they are
 */
record FactName(FactOrder order, long first, int facts, Set<FactKind> kinds) {
  private static final Pattern FORM =
      Pattern.compile(
          "("
              + FactOrder.FORM
              + ")-([0-9]{16})-([0-9]{1,9})-([a-z]{1,16})"
              + Pattern.quote(".jsonl.gz"));

  /** The name of an object with these facts. */
  static FactName of(FactOrder order, List<RecordedFact> facts) {
    Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
    facts.forEach(fact -> kinds.add(fact.kind()));
    long first = facts.stream().mapToLong(RecordedFact::millis).min().orElse(order.millis());
    return new FactName(order, first, facts.size(), kinds);
  }

  /** Reads a name; empty if it is none. */
  static Optional<FactName> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    FactName name =
        new FactName(
            FactOrder.parse(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            FactKind.ofLetters(matcher.group(4)));
    // One with a kind that a later version has added would be asked for under another key.
    return Optional.of(name).filter(read -> read.toString().equals(text));
  }

  /** Whether there is a fact of one of these kinds in it. */
  boolean hasAny(Set<FactKind> some) {
    return kinds.stream().anyMatch(some::contains);
  }

  @Override
  public String toString() {
    String letters =
        kinds.stream().map(kind -> String.valueOf(kind.letter())).collect(Collectors.joining());
    return order + "-" + FactOrder.text(first) + '-' + facts + '-' + letters + ".jsonl.gz";
  }
}
