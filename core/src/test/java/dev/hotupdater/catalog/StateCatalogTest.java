package dev.hotupdater.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.Revision;
import dev.hotupdater.fixture.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How states are kept up to date, whatever they are states of; here, of a sum. */
class StateCatalogTest {
  private static final Freshness OFTEN =
      Freshness.polling(Duration.ofMillis(1), Duration.ofMillis(1));

  private final Sum sum = new Sum();
  private final List<Added> changes = new CopyOnWriteArrayList<>();

  private record Total(Revision revision, int value) implements CatalogState {}

  private record Added(int value) implements StateChange {
    @Override
    public boolean isEmpty() {
      return value == 0;
    }
  }

  private record Step(Total state, Added change) implements Transition<Total, Added> {
    static Step from(Total known, Revision revision, int value) {
      return new Step(new Total(revision, value), new Added(value - known.value()));
    }
  }

  /** The sum of what was committed and of what other software has added, which is in no log. */
  private static final class Sum implements StateSource<Total, Added> {
    private final List<Integer> commits = new ArrayList<>();
    private int foreign;
    private int reads;
    private boolean rebases;
    private Runnable afterRead = () -> {};

    @Override
    public Total empty() {
      return new Total(new Revision(""), 0);
    }

    @Override
    public synchronized Revision revision() {
      return new Revision(Integer.toString(commits.size()));
    }

    @Override
    public Optional<String> fingerprint() {
      return Optional.empty();
    }

    @Override
    public synchronized Transition<Total, Added> read(Total known) {
      reads++;
      Step step = Step.from(known, revision(), committedSince(0) + foreign);
      afterRead.run();
      return step;
    }

    @Override
    public synchronized Optional<Transition<Total, Added>> changesSince(Total known) {
      int since = Integer.parseInt(known.revision().value());
      return Optional.of(Step.from(known, revision(), known.value() + committedSince(since)));
    }

    @Override
    public Optional<Transition<Total, Added>> rebase(
        Total known, Transition<Total, Added> read, Total current) {
      int value = current.value() + read.change().value();
      return rebases
          ? Optional.of(Step.from(current, current.revision(), value))
          : Optional.empty();
    }

    private int committedSince(int revision) {
      return commits.subList(revision, commits.size()).stream().mapToInt(Integer::intValue).sum();
    }

    /** Has a commit come in after the next reading, before that is taken in. */
    void commitAfterReading(int value) {
      afterRead =
          () -> {
            commits.add(value);
            afterRead = () -> {};
          };
    }
  }

  /** A state whose scan is overtaken by a commit of 1 while it finds that 10 were added. */
  private CatalogEntry<Total, Added> overtakenScan() {
    CatalogEntry<Total, Added> entry = new CatalogEntry<>(sum, OFTEN, changes::add);
    assertEquals(0, entry.current().value());
    sum.foreign = 10;
    sum.commitAfterReading(1);
    Eventually.await(
        () -> {
          entry.scan();
          return sum.reads > 1;
        });
    return entry;
  }

  @Test
  void scanOvertakenByACommit_isAppliedToWhatFollowed() {
    sum.rebases = true;

    CatalogEntry<Total, Added> entry = overtakenScan();

    assertEquals(new Total(new Revision("1"), 11), entry.current());
    assertEquals(List.of(new Added(1), new Added(10)), changes);
    assertEquals(2, sum.reads);
  }

  @Test
  void scanOvertakenByACommit_ofASourceThatCannotTellWhatIsNewer_readsAgain() {
    CatalogEntry<Total, Added> entry = overtakenScan();

    assertEquals(new Total(new Revision("1"), 11), entry.current());
    assertEquals(List.of(new Added(1), new Added(10)), changes);
    assertEquals(3, sum.reads);
  }

  @Test
  void threads_areNamedAfterTheCatalogue_andEndWithIt() {
    try (StateCatalog<Total, Added> catalog =
        StateCatalog.start(
            InMemoryDatabase.create(), context -> sum, OFTEN, "state-catalog-test", changes::add)) {
      assertEquals(0, catalog.current(RequestContext.none()).value());
      assertEquals(Set.of("state-catalog-test-poll", "state-catalog-test-scan"), threads());
    }
    Eventually.await(() -> threads().isEmpty());
  }

  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("state-catalog-test")) {
        names.add(thread.getName());
      }
    }
    return names;
  }
}
