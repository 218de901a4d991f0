package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.catalog.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a node may see of commits that change several bundles at once. */
abstract class CoherenceSnapshotTests extends CoherenceWriterTests {
  private static final int COMMITS = 84;
  private static final int MOST_COMMITS = 3_000;
  private static final int CHECKS = 15_000;

  private static final int COMMITS_BEFORE_A_REST = 12;

  /** Between two checks of a reader, so that the database gets its share of the processors. */
  private static final Duration PAUSE = Duration.ofNanos(50_000);

  /** Polls often, so that many of the commits are seen by polling as well. */
  private static final Freshness EAGER =
      Freshness.polling(Duration.ofMillis(10), Duration.ofHours(1));

  /**
   * Every decision is made from one state, which is one that a commit has left behind and no half
   * of one. And a node never goes back in time: once a decision has been made from a state, no
   * decision that begins later, on whichever thread, for whichever channel and platform, is made
   * from an older one. What a node has written itself is among what it has seen.
   *
   * <p>Nothing is said of two nodes: one may be behind the other until its next poll.
   */
  @Test
  public void decisions_whileOthersCommit_areOfOneStateAndNeverGoBack() throws Exception {
    UpdateNode writing = lateNode(EAGER);
    AtomicInteger begun = new AtomicInteger(1);
    writing.bundles().publish(new Generation(1).bundles());
    Watch writer = new Watch(writing, begun);
    Watch poller = new Watch(node(EAGER), begun);
    Watch latePoller = new Watch(lateNode(EAGER), begun);
    Watch strict = new Watch(node(Freshness.strict()), begun);
    List<Watch> watches = List.of(writer, poller, latePoller, strict);

    long checks;
    try (Workers readers =
        Workers.repeat(readers(writer, writer, poller, poller, latePoller, strict))) {
      while (begun.get() < COMMITS || (readers.rounds() < CHECKS && begun.get() < MOST_COMMITS)) {
        readers.assertWorking();
        commit(new Generation(begun.incrementAndGet()), writer);
        if (begun.get() % COMMITS_BEFORE_A_REST == 0) {
          awaitLastCommit(watches, begun.get());
        }
      }
      awaitLastCommit(watches, begun.get());
      checks = readers.stop();
    }

    report("%d commits of whole generations, %d checks meanwhile", begun.get(), checks);
  }

  private static List<Workers.Work> readers(Watch... watches) {
    List<Workers.Work> readers = new ArrayList<>();
    for (Watch watch : watches) {
      readers.add(
          () -> {
            watch.look();
            LockSupport.parkNanos(PAUSE.toNanos());
          });
    }
    return readers;
  }

  private static void awaitLastCommit(List<Watch> watches, int number) throws Exception {
    for (Watch watch : watches) {
      Eventually.holds("every node sees the last commit", () -> watch.look() == number);
    }
  }

  /** By the node itself, or by another writer of which no node knows anything. */
  private void commit(Generation generation, Watch writer) {
    if (generation.number() % 3 == 1) {
      writer.node.bundles().publish(generation.bundles());
      writer.hasSeen(generation);
    } else {
      store().commit(generation.writes());
    }
  }

  /** What has been seen of one node. */
  private static final class Watch {
    private static final List<UpdateCheck> ALL = Generation.checks();

    private final UpdateNode node;
    private final AtomicInteger begun;
    private final AtomicInteger seen = new AtomicInteger(1);

    Watch(UpdateNode node, AtomicInteger begun) {
      this.node = node;
      this.begun = begun;
    }

    void hasSeen(Generation generation) {
      seen.accumulateAndGet(generation.number(), Math::max);
    }

    /** Makes one check of a random kind and returns the generation that it was answered from. */
    int look() {
      int atLeast = seen.get();
      Generation generation =
          switch (ThreadLocalRandom.current().nextInt(8)) {
            case 0 -> overHttp(anyCheck());
            case 1 -> lookedUp();
            default -> decided(anyCheck());
          };
      int atMost = begun.get();
      assertTrue(
          generation.number() >= atLeast,
          () -> "generation " + generation.number() + " was seen after " + atLeast);
      assertTrue(
          generation.number() <= atMost,
          () -> "generation " + generation.number() + " was seen before its commit");
      hasSeen(generation);
      return generation.number();
    }

    private static UpdateCheck anyCheck() {
      return ALL.get(ThreadLocalRandom.current().nextInt(ALL.size()));
    }

    private Generation decided(UpdateCheck check) {
      UpdateDecision decision = node.bundles().decide(check);
      Generation generation = Generation.of(Verdict.of(decision));
      assertEquals(generation.decision(check), decision, "a state that no commit has made");
      return generation;
    }

    private Generation overHttp(UpdateCheck check) {
      Verdict verdict = node.get(check);
      Generation generation = Generation.of(verdict);
      assertEquals(
          Verdict.of(generation.decision(check)), verdict, "a state that no commit has made");
      return generation;
    }

    private Generation lookedUp() {
      List<BundleId> swapped = Generation.swapped();
      BundleId id = swapped.get(ThreadLocalRandom.current().nextInt(swapped.size()));
      Bundle bundle = node.bundles().lookUp(id).orElseThrow();
      Generation generation = new Generation(Integer.parseInt(bundle.message().orElseThrow()));
      assertTrue(generation.bundles().contains(bundle), "a state that no commit has made");
      return generation;
    }
  }
}
