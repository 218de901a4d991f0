package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.database.BundleWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How soon the checks of a node know of a write. */
abstract class CoherenceVisibilityTests extends CoherenceFixture {
  private static final int THREADS_PER_NODE = 2;
  private static final int ROUNDS = 3;
  private static final int STRICT_ROUNDS = 12;
  private static final int PHASES = 12;
  private static final Duration BETWEEN_PHASES = Duration.ofMillis(100);

  /** The first id of the bundles of a thread, which has as many ids for itself. */
  private static final int IDS_PER_THREAD = 10;

  @Test
  public void ownWrite_amongOtherWriters_isVisibleToTheNextCheck() throws Exception {
    List<UpdateNode> nodes =
        List.of(node(Freshness.polling()), lateNode(Freshness.polling()), lateNode(POLLING));
    AtomicInteger noise = new AtomicInteger();
    AtomicInteger checks = new AtomicInteger();
    List<Workers.Work> work = new ArrayList<>();
    for (int thread = 0; thread < nodes.size() * THREADS_PER_NODE; thread++) {
      UpdateNode node = nodes.get(thread % nodes.size());
      int lane = thread;
      work.add(
          () -> {
            for (int round = 0; round < ROUNDS; round++) {
              checks.addAndGet(writeAndCheck(node, lane, round));
            }
          });
    }
    long otherWrites;
    try (Workers others = Workers.repeat(List.of(() -> makeNoise(noise.incrementAndGet())))) {
      Workers.runAll(work);
      otherWrites = others.stop();
    }

    report("own writes: %d checks after them, %d writes of others", checks.get(), otherWrites);
  }

  /** A write of a server that these nodes know nothing of. */
  private void makeNoise(int number) throws InterruptedException {
    String text = Integer.toString(number);
    store()
        .commit(
            List.of(
                BundleWrite.put(
                    bundle(0).toBuilder().channel("noise").message(Optional.of(text)).build())));
    Thread.sleep(1);
  }

  /** Does every kind of write in a channel that no other thread uses; returns the checks made. */
  private static int writeAndCheck(UpdateNode node, int lane, int round) {
    Bundle older = inLane(lane, 1, "published " + round);
    Bundle newer = inLane(lane, 2, "published " + round);
    Checked checked = new Checked(node, older.channel());

    node.bundles().publish(older);
    checked.next(BundleId.NIL, Verdict.update(older));

    Bundle changed = older.toBuilder().message(Optional.of("changed " + round)).build();
    node.bundles().change(older.id(), BundleChange.of(b -> b.message(changed.message())));
    checked.next(BundleId.NIL, Verdict.update(changed));

    assertEquals(201, node.post(newer));
    checked.next(older.id(), Verdict.update(newer));

    node.bundles().change(newer.id(), BundleChange.of(b -> b.enabled(false)));
    checked.next(newer.id(), Verdict.rollback(changed));

    node.bundles().change(older.id(), BundleChange.of(b -> b.rollout(Rollout.of(0))));
    checked.next(BundleId.NIL, Verdict.NONE);

    node.bundles()
        .publish(List.of(changed, newer.toBuilder().message(Optional.of("again")).build()));
    checked.next(
        BundleId.NIL, Verdict.update(newer.toBuilder().message(Optional.of("again")).build()));

    assertEquals(200, node.delete(newer.id()));
    checked.next(newer.id(), Verdict.rollback(changed));

    node.bundles().delete(older.id());
    checked.next(older.id(), Verdict.ROLLBACK_TO_BUILT_IN);
    assertEquals(Optional.empty(), node.bundles().lookUp(older.id()));
    return checked.count;
  }

  private static Bundle inLane(int lane, int number, String message) {
    return bundle(IDS_PER_THREAD * (lane + 1) + number).toBuilder()
        .channel("lane-" + lane)
        .message(Optional.of(message))
        .build();
  }

  private static UpdateCheck check(String channel, BundleId running) {
    return UpdateCheck.ofAppVersion(bundle(0).platform(), "1.0.0")
        .channel(channel)
        .bundleId(running)
        .build();
  }

  /** The next check of a device after each write, by method first or over HTTP first. */
  private static final class Checked {
    private final UpdateNode node;
    private final String channel;
    private int count;

    Checked(UpdateNode node, String channel) {
      this.node = node;
      this.channel = channel;
    }

    void next(BundleId running, Verdict expected) {
      UpdateCheck check = check(channel, running);
      boolean httpFirst = ThreadLocalRandom.current().nextBoolean();
      assertEquals(expected, httpFirst ? node.get(check) : node.decide(check));
      assertEquals(expected, httpFirst ? node.decide(check) : node.get(check));
      count += 2;
    }
  }

  @Test
  public void writeOfAnotherNode_isVisibleWithinThePollInterval() throws Exception {
    UpdateNode writer = node(POLLING);
    List<Bundle> before = new ArrayList<>();
    for (int lane = 0; lane < PHASES; lane++) {
      before.add(inLane(lane, 1, "before"));
    }
    writer.bundles().publish(before);
    List<UpdateNode> readers = nodes(2, POLLING);

    AtomicLong longest = new AtomicLong();
    List<Workers.Work> work = new ArrayList<>();
    for (int lane = 0; lane < PHASES; lane++) {
      int phase = lane;
      work.add(
          () -> {
            Thread.sleep(BETWEEN_PHASES.multipliedBy(phase).toMillis());
            UpdateCheck check = check("lane-" + phase, BundleId.NIL);
            Verdict expected = write(writer, phase);
            Duration delay =
                Eventually.holds(
                    expected + " after the write of another node in " + check.channel(),
                    () -> readers.stream().allMatch(node -> node.decide(check).equals(expected)));
            for (UpdateNode reader : readers) {
              assertEquals(expected, reader.get(check));
            }
            longest.accumulateAndGet(delay.toMillis(), Math::max);
          });
    }
    Workers.runAll(work);

    report("%d writes of another node, the slowest visible after %d ms", PHASES, longest.get());
  }

  /** One write, of a kind that depends on the lane; returns what devices are told after it. */
  private static Verdict write(UpdateNode writer, int lane) {
    Bundle older = inLane(lane, 1, "before");
    switch (lane % 4) {
      case 0:
        Bundle newer = inLane(lane, 2, "new");
        writer.bundles().publish(newer);
        return Verdict.update(newer);
      case 1:
        Optional<Bundle> changed =
            writer
                .bundles()
                .change(older.id(), BundleChange.of(b -> b.message(Optional.of("changed"))));
        return Verdict.update(changed.orElseThrow());
      case 2:
        writer.bundles().change(older.id(), BundleChange.of(b -> b.enabled(false)));
        return Verdict.NONE;
      default:
        writer.bundles().delete(older.id());
        return Verdict.NONE;
    }
  }

  @Test
  public void change_thatAnotherNodeHasMadeAlready_isVisibleToTheNextCheck() throws Exception {
    Bundle bundle = inLane(0, 1, "withdrawn");
    UpdateCheck check = check(bundle.channel(), BundleId.NIL);
    UpdateNode first = node(POLLING);
    first.bundles().publish(bundle);
    UpdateNode second = unawareNode();
    assertEquals(Verdict.update(bundle), second.decide(check));
    first.bundles().change(bundle.id(), BundleChange.of(b -> b.enabled(false)));

    // There is nothing left to write, and still the device must not get the bundle any more.
    second.bundles().change(bundle.id(), BundleChange.of(b -> b.enabled(false)));

    assertEquals(Verdict.NONE, second.decide(check));
    assertEquals(Verdict.NONE, second.get(check));
  }

  @Test
  public void change_thatFindsNoBundleAnyMore_isVisibleToTheNextCheck() throws Exception {
    Bundle bundle = inLane(0, 1, "withdrawn");
    UpdateNode first = node(POLLING);
    first.bundles().publish(bundle);
    UpdateNode second = unawareNode();
    assertEquals(Optional.of(bundle), second.bundles().lookUp(bundle.id()));
    first.bundles().delete(bundle.id());

    assertEquals(
        Optional.empty(),
        second.bundles().change(bundle.id(), BundleChange.of(b -> b.enabled(false))));

    assertEquals(Optional.empty(), second.bundles().lookUp(bundle.id()));
    assertEquals(Verdict.NONE, second.get(check(bundle.channel(), BundleId.NIL)));
  }

  @Test
  public void strictNode_writeOfAnotherNode_isVisibleToTheNextCheck() throws Exception {
    List<UpdateNode> strict = nodes(2, Freshness.strict());
    List<UpdateNode> writers = List.of(strict.get(0), node(Freshness.polling()));
    AtomicInteger checks = new AtomicInteger();
    List<Workers.Work> work = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int lane = thread;
      work.add(
          () -> {
            for (int round = 0; round < STRICT_ROUNDS; round++) {
              Bundle bundle = inLane(lane, 1, "round " + round);
              UpdateNode reader = strict.get((lane + round) % strict.size());
              Checked checked = new Checked(reader, bundle.channel());
              UpdateNode writer = writers.get(lane % writers.size());
              writer.bundles().publish(bundle);
              checked.next(BundleId.NIL, Verdict.update(bundle));
              writer.bundles().delete(bundle.id());
              checked.next(BundleId.NIL, Verdict.NONE);
              checks.addAndGet(checked.count);
            }
          });
    }
    Workers.runAll(work);

    report("strict: %d checks after writes of other nodes", checks.get());
  }
}
