package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.catalog.Freshness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Many writers on a few nodes: nothing is lost, and all nodes come to the same decisions. */
abstract class CoherenceWriterTests extends CoherenceVisibilityTests {
  private static final int NODES = 4;
  private static final int RUNNING_BUNDLES = 10;

  @Test
  public void manyWriters_onSeveralNodes_loseNothingAndAgreeInTheEnd() throws Exception {
    long seed = Long.getLong(DatabaseContract.SEED, System.nanoTime());
    report("-D%s=%d", DatabaseContract.SEED, seed);
    List<UpdateNode> nodes = nodes(NODES, POLLING);
    nodes.get(0).bundles().publish(SharedBundles.initial());
    List<BusyWriter> writers = new ArrayList<>();
    for (int writer = 0; writer < SharedBundles.WRITERS; writer++) {
      writers.add(new BusyWriter(writer, nodes.get(writer % NODES).bundles(), seed));
    }

    long start = System.nanoTime();
    Workers.runAll(writers.stream().<Workers.Work>map(writer -> writer::run).toList());
    long millis = (System.nanoTime() - start) / 1_000_000;

    Map<BundleId, Bundle> expected = new TreeMap<>();
    SharedBundles.expected(BusyWriter.lastValue(), BusyWriter.COUNTS)
        .forEach(bundle -> expected.put(bundle.id(), bundle));
    writers.forEach(writer -> writer.own().forEach(b -> expected.put(b.id(), b)));
    assertEquals(expected, byId(store().snapshot().bundles()));
    int checks = assertAgreement(nodes, expected, new Random(seed));
    report(
        "%d writers on %d nodes: %d operations and %d conflicts in %d ms, %d bundles in the end,"
            + " %d checks",
        writers.size(),
        NODES,
        writers.stream().mapToInt(BusyWriter::operations).sum(),
        writers.stream().mapToInt(BusyWriter::conflicts).sum(),
        millis,
        expected.size(),
        checks);
  }

  private static Map<BundleId, Bundle> byId(Collection<Bundle> bundles) {
    Map<BundleId, Bundle> byId = new TreeMap<>();
    bundles.forEach(bundle -> byId.put(bundle.id(), bundle));
    return byId;
  }

  /** Checks that every node decides as one that reads the database; returns the checks made. */
  private int assertAgreement(List<UpdateNode> nodes, Map<BundleId, Bundle> stored, Random random)
      throws Exception {
    UpdateNode reference = node(FrozenDatabase.of(anotherDatabase()), Freshness.strict());
    Set<BundleId> ids = idsEverUsed();
    for (UpdateNode node : nodes) {
      Eventually.holds("a node looks up what is stored", () -> lookUps(node, ids).equals(stored));
    }
    assertEquals(stored, lookUps(reference, ids));

    List<UpdateCheck> checks = grid(ids, random);
    for (UpdateCheck check : checks) {
      UpdateDecision expected = reference.bundles().decide(check);
      for (UpdateNode node : nodes) {
        assertEquals(expected, node.bundles().decide(check));
      }
    }
    return checks.size() * nodes.size();
  }

  /** Those of the bundles that were stored at some time, and ids next to them. */
  private static Set<BundleId> idsEverUsed() {
    Set<BundleId> ids = new LinkedHashSet<>();
    for (int number = 0; number < BusyWriter.idsUsed(); number++) {
      ids.add(bundle(number).id());
    }
    return ids;
  }

  private static Map<BundleId, Bundle> lookUps(UpdateNode node, Set<BundleId> ids) {
    Map<BundleId, Bundle> found = new TreeMap<>();
    for (BundleId id : ids) {
      Optional<Bundle> bundle = node.bundles().lookUp(id);
      bundle.ifPresent(present -> found.put(id, present));
    }
    return found;
  }

  private static List<UpdateCheck> grid(Set<BundleId> ids, Random random) {
    List<BundleId> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, random);
    List<BundleId> running = new ArrayList<>(shuffled.subList(0, RUNNING_BUNDLES));
    running.add(BundleId.NIL);
    return CheckGrid.of(running, shuffled.get(RUNNING_BUNDLES));
  }
}
