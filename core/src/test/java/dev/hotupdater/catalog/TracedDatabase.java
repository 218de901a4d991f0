package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.HintSubscription;
import dev.hotupdater.database.Revision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database that knows what its commits have changed and whether anything has, counts what it is
 * asked, fails where a test wants it to, and gives hints when a test does.
 */
final class TracedDatabase implements Database {
  /** What it is asked to refresh a catalogue. */
  enum Question {
    SNAPSHOT,
    REVISION,
    CHANGES,
    FINGERPRINT
  }

  private final Map<Question, AtomicInteger> asked = new EnumMap<>(Question.class);
  private final Set<Question> failing = ConcurrentHashMap.newKeySet();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final TreeMap<BundleId, Bundle> bundles = new TreeMap<>();

  /** The ids that each commit wrote; the number of commits is the revision. */
  private final List<Set<BundleId>> commits = new ArrayList<>();

  private long changes;
  volatile boolean forgetful;

  TracedDatabase() {
    for (Question question : Question.values()) {
      asked.put(question, new AtomicInteger());
    }
  }

  int asked(Question question) {
    return asked.getOrDefault(question, new AtomicInteger()).get();
  }

  /** Has these questions fail from now on. */
  void fail(Question... questions) {
    failing.addAll(List.of(questions));
  }

  void recover() {
    failing.clear();
  }

  /** Writes without leaving a trace but the fingerprint, as other software does. */
  synchronized void writeForeign(Bundle bundle) {
    bundles.put(bundle.id(), bundle);
    changes++;
  }

  /** Writes as another server of ours does. */
  void writeElsewhere(BundleWrite... writes) {
    commit(List.of(writes));
  }

  void hint() {
    listeners.forEach(Runnable::run);
  }

  private synchronized void commit(List<BundleWrite> writes) {
    Set<BundleId> written = new HashSet<>();
    for (BundleWrite write : writes) {
      written.add(write.id());
      if (write instanceof BundleWrite.Put) {
        bundles.put(write.id(), ((BundleWrite.Put) write).bundle());
      } else {
        bundles.remove(write.id());
      }
    }
    commits.add(written);
    changes++;
  }

  private synchronized BundleDelta since(int known) {
    Set<BundleId> written = new HashSet<>();
    commits.subList(known, commits.size()).forEach(written::addAll);
    List<Bundle> present = new ArrayList<>();
    Set<BundleId> absent = new HashSet<>();
    for (BundleId id : written) {
      Bundle bundle = bundles.get(id);
      if (bundle == null) {
        absent.add(id);
      } else {
        present.add(bundle);
      }
    }
    return new BundleDelta(revision(), present, absent);
  }

  private synchronized Revision revision() {
    return new Revision(Integer.toString(commits.size()));
  }

  private synchronized BundleSnapshot snapshot() {
    return BundleSnapshot.of(revision(), List.copyOf(bundles.values()));
  }

  private synchronized String fingerprint() {
    return Long.toString(changes);
  }

  private void ask(Question question) {
    asked.getOrDefault(question, new AtomicInteger()).incrementAndGet();
    if (failing.contains(question)) {
      throw new DatabaseUnavailableException(question + " fails in this test");
    }
  }

  @Override
  public void check() {
    // There is nothing that could be missing.
  }

  @Override
  public HintSubscription onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public BundleStore bundles(RequestContext context) {
    return new BundleStore() {
      @Override
      public BundleSnapshot snapshot() {
        ask(Question.SNAPSHOT);
        return TracedDatabase.this.snapshot();
      }

      @Override
      public Revision revision() {
        ask(Question.REVISION);
        return TracedDatabase.this.revision();
      }

      @Override
      public Optional<BundleDelta> changesSince(Revision known) {
        ask(Question.CHANGES);
        return forgetful ? Optional.empty() : Optional.of(since(Integer.parseInt(known.value())));
      }

      @Override
      public Optional<String> fingerprint() {
        ask(Question.FINGERPRINT);
        return Optional.of(TracedDatabase.this.fingerprint());
      }

      @Override
      public void commit(List<BundleWrite> writes) {
        TracedDatabase.this.commit(writes);
      }
    };
  }
}
