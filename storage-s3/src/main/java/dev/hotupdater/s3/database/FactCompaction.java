package dev.hotupdater.s3.database;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.s3.database.FactObjects.Listed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes few large objects of many small ones. The large ones are written first: if that is all that
 * is done, there are facts in two objects, which do no harm. Two servers that do it at once write
 * the same objects. Safe for use by many threads.
 */
final class FactCompaction {
  private static final int MAX_ROUNDS = 10;
  private static final int MAX_SOURCES = 1_000;

  /** How many objects are written in place of others at most. */
  private static final int MOST_MERGED = 3;

  private static final Logger log = LoggerFactory.getLogger(FactCompaction.class);

  private final FactObjects objects;
  private final FactLimits limits;
  private final AssignmentCompaction assignments;
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
    assignments = new AssignmentCompaction(objects, limits);
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
        List<Listed> old = old();
        for (int round = 0; round < MAX_ROUNDS && mergeSome(old); round++) {
          old = old();
        }
        assignments.merge(old);
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
  private boolean mergeSome(List<Listed> old) {
    List<FactName> small =
        old.stream()
            .map(Listed::name)
            .filter(name -> limits.isSmall(name.facts()) && !objects.isUnreadable(name))
            .toList();
    if (small.size() <= limits.smallObjects()) {
      return false;
    }
    Optional<FactReplacement> read =
        FactReplacement.read(objects, sources(small)).filter(some -> some.sources().size() > 1);
    read.ifPresent(some -> some.with(some.merge().objects(limits)));
    return read.isPresent();
  }

  /**
   * The objects that are old, in the order of their names. From one interval to the next they are
   * the same for all servers, so that those that merge at once merge the same.
   */
  private List<Listed> old() {
    long interval = limits.interval().toMillis();
    long now = clock.millis();
    Instant youngest = Instant.ofEpochMilli(now - Math.floorMod(now, interval)).minus(limits.age());
    return objects.list("").stream()
        .filter(object -> object.modified().isBefore(youngest))
        .toList();
  }

  /** Some of them that become fewer, the first ones if possible. */
  private List<FactName> sources(List<FactName> small) {
    List<FactName> first = fitting(small);
    if (first.size() > MOST_MERGED) {
      return first;
    }
    // So few may become as many again, but not for ever if they have the same kinds.
    Map<Set<FactKind>, List<FactName>> alike =
        small.stream().collect(groupingBy(FactCompaction::parts, LinkedHashMap::new, toList()));
    return alike.values().stream().max(comparingInt(List::size)).map(this::fitting).orElseThrow();
  }

  /** In which of the objects that are written its facts belong, each by one kind. */
  private static Set<FactKind> parts(FactName name) {
    return name.kinds().stream()
        .map(kind -> FactKind.CHANGES.contains(kind) ? kind : FactKind.DOWNLOADED)
        .collect(toSet());
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
}
