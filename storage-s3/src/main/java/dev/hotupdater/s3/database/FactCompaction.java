package dev.hotupdater.s3.database;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.s3.database.FactObjects.Listed;
import dev.hotupdater.s3.database.MetadataBucket.Fetched;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes few large objects of many small ones. The large ones are written first: if that is all that
 * is done, or if two servers do it at once, there are facts in two objects, which do no harm. Safe
 * for use by many threads.
 */
final class FactCompaction {
  private static final int MAX_ROUNDS = 10;
  private static final int MAX_SOURCES = 1_000;
  private static final int READ_AT_ONCE = 8;
  private static final Logger log = LoggerFactory.getLogger(FactCompaction.class);

  private final FactObjects objects;
  private final FactLimits limits;
  private final Clock clock;
  private final Executor background;
  private final CommitTurn turn;
  private final Duration timeout;
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private volatile Instant last;

  FactCompaction(
      FactObjects objects,
      FactLimits limits,
      Clock clock,
      Executor background,
      CommitTurn turn,
      Duration timeout) {
    this.objects = objects;
    this.limits = limits;
    this.clock = clock;
    this.background = background;
    this.turn = turn;
    this.timeout = timeout;
    last = clock.instant();
  }

  /** Looks for small objects in the background, if it is time to. */
  void afterWrite() {
    Instant now = clock.instant();
    // A clock that was set back must not put it off for long.
    boolean isTime = Duration.between(last, now).abs().compareTo(limits.interval()) >= 0;
    if (isTime && isRunning.compareAndSet(false, true)) {
      last = now;
      background.execute(this::run);
    }
  }

  /** A failure is logged: nobody waits for this. */
  private void run() {
    try {
      turn.await(new Patience(timeout));
      try {
        int rounds = 0;
        while (rounds < MAX_ROUNDS && mergeSome()) {
          rounds++;
        }
      } finally {
        turn.leave();
      }
    } catch (DatabaseException e) {
      log.warn("Could not merge the objects with what devices told. It is tried again later.", e);
    } finally {
      isRunning.set(false);
    }
  }

  /** Returns whether there was something to do. */
  private boolean mergeSome() {
    List<FactName> small = small();
    if (small.size() <= limits.smallObjects()) {
      return false;
    }
    List<FactName> read = new ArrayList<>();
    FactMerge merge = new FactMerge();
    List<FactName> sources = sources(small);
    for (int i = 0; i < sources.size(); i += READ_AT_ONCE) {
      List<FactName> some = sources.subList(i, Math.min(i + READ_AT_ONCE, sources.size()));
      List<Fetched> fetched = ParallelRequests.map(some, objects::fetch);
      for (int j = 0; j < some.size(); j++) {
        FactName name = some.get(j);
        // One that another server has merged meanwhile is gone.
        objects
            .facts(name, fetched.get(j))
            .ifPresent(
                facts -> {
                  facts.forEach(merge::add);
                  read.add(name);
                });
      }
    }
    if (read.size() < 2) {
      return false;
    }
    // Behind all that they replace, so that readers on their way find them.
    long behind = read.get(read.size() - 1).order().millis() + 1;
    write(behind, merge.changes());
    write(behind, merge.rest());
    ParallelRequests.map(read, this::delete);
    return true;
  }

  /** The small objects that are old, in the order of their names. */
  private List<FactName> small() {
    Instant youngest = clock.instant().minus(limits.age());
    return objects.list("").stream()
        .filter(object -> object.modified().isBefore(youngest))
        .map(Listed::name)
        .filter(name -> name.facts() < limits.factsOfAnObject() / 2)
        .filter(name -> !objects.isUnreadable(name))
        .toList();
  }

  /** Some of them that become fewer, the first ones if possible. */
  private List<FactName> sources(List<FactName> small) {
    List<FactName> first = fitting(small);
    if (first.size() > 2) {
      return first;
    }
    // Two may become two again, but not if both have changes alone, or none.
    Map<Set<Boolean>, List<FactName>> alike =
        small.stream()
            .collect(groupingBy(FactCompaction::areChanges, LinkedHashMap::new, toList()));
    return alike.values().stream().max(comparingInt(List::size)).map(this::fitting).orElseThrow();
  }

  private static Set<Boolean> areChanges(FactName name) {
    return name.kinds().stream().map(FactKind.CHANGES::contains).collect(toSet());
  }

  /** The first of them, as far as they fit into one object. */
  private List<FactName> fitting(List<FactName> small) {
    List<FactName> fitting = new ArrayList<>();
    int facts = 0;
    for (FactName name : small) {
      facts += name.facts();
      if (facts > limits.factsOfAnObject() || fitting.size() == MAX_SOURCES) {
        break;
      }
      fitting.add(name);
    }
    return fitting;
  }

  private void write(long millis, List<RecordedFact> facts) {
    if (!facts.isEmpty()) {
      objects.write(FactOrder.at(millis), facts);
    }
  }

  private FactName delete(FactName name) {
    objects.delete(name);
    return name;
  }
}
