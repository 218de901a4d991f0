package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.database.DatabaseUnavailableException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node does while its database is away. */
abstract class CoherenceOutageTests extends CoherenceSnapshotTests {
  private static final int READERS = 3;
  private static final Duration POLL = Duration.ofMillis(100);

  /** Older than a node with its database ever gets, on however slow a machine. */
  private static final Duration CLEARLY_OLD = POLL.multipliedBy(5);

  private static final Bundle BEFORE = bundle(1).toBuilder().message(Optional.of("before")).build();
  private static final Bundle MEANWHILE =
      bundle(2).toBuilder().message(Optional.of("meanwhile")).build();
  private static final Bundle AFTER = bundle(3).toBuilder().message(Optional.of("after")).build();
  private static final UpdateCheck CHECK =
      UpdateCheck.ofAppVersion(BEFORE.platform(), "1.0.0").build();

  private static Freshness freshness() {
    return Freshness.polling(POLL, Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSING", "HANGING"})
  public void databaseAway_checksGoOnFromTheLastGoodState(UnreliableDatabase.State outage)
      throws Exception {
    UnreliableDatabase database = new UnreliableDatabase(anotherDatabase());
    UpdateNode node = node(database, freshness());
    UpdateNode other = node(freshness());
    node.bundles().publish(BEFORE);
    AtomicBoolean back = new AtomicBoolean();

    long checks;
    try (Workers readers =
        Workers.repeat(Collections.nCopies(READERS, () -> checkDuring(node, back)))) {
      database.become(outage);
      Duration early = ageBeyond(node, POLL.multipliedBy(2));
      other.bundles().publish(MEANWHILE);
      assertThrows(DatabaseUnavailableException.class, () -> node.bundles().publish(AFTER));
      assertEquals(503, node.post(AFTER));
      Eventually.holds("health knows of the outage", () -> !node.health().database());
      Duration late = ageBeyond(node, CLEARLY_OLD);
      assertTrue(late.compareTo(early) > 0, () -> late + " after " + early);
      assertEquals(Verdict.update(BEFORE), node.decide(CHECK));

      back.set(true);
      database.become(UnreliableDatabase.State.THERE);
      Eventually.holds(
          "the node knows what was written meanwhile",
          () -> node.decide(CHECK).equals(Verdict.update(MEANWHILE)));
      Eventually.holds(
          "health knows of the recovery",
          () -> node.health().isHealthy() && age(node).compareTo(CLEARLY_OLD) < 0);
      node.bundles().publish(AFTER);
      assertEquals(Verdict.update(AFTER), node.decide(CHECK));
      assertEquals(Verdict.update(AFTER), node.get(CHECK));
      checks = readers.stop();
    }

    report("database %s: %d checks went on", outage, checks);
  }

  private static Duration age(UpdateNode node) {
    return node.health().catalogAge().orElseThrow();
  }

  private static Duration ageBeyond(UpdateNode node, Duration limit) throws Exception {
    Eventually.holds("the age grows beyond " + limit, () -> age(node).compareTo(limit) > 0);
    return age(node);
  }

  /** A check that must succeed; until the database is back, with what was there before. */
  private static void checkDuring(UpdateNode node, AtomicBoolean back) {
    boolean wasBack = back.get();
    Verdict decided = node.decide(CHECK);
    Verdict answered = node.get(CHECK);
    Optional<Bundle> found = node.bundles().lookUp(BEFORE.id());
    assertEquals(Optional.of(BEFORE), found);
    if (!wasBack && !back.get()) {
      assertEquals(Verdict.update(BEFORE), decided);
      assertEquals(Verdict.update(BEFORE), answered);
    }
    assertTrue(
        List.of(BEFORE, MEANWHILE, AFTER).stream().map(Verdict::update).anyMatch(decided::equals));
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSING", "HANGING"})
  public void nodeThatStartsWithoutItsDatabase_isUnavailableUntilItComes(
      UnreliableDatabase.State outage) throws Exception {
    node(freshness()).bundles().publish(BEFORE);
    UnreliableDatabase database = new UnreliableDatabase(anotherDatabase());
    database.become(outage);
    UpdateNode node = node(database, freshness());
    AtomicLong refused = new AtomicLong();
    AtomicBoolean answered = new AtomicBoolean();

    long checks;
    try (Workers devices =
        Workers.repeat(Collections.nCopies(READERS, () -> checkAtStart(node, refused, answered)))) {
      Eventually.holds("devices are refused", () -> refused.get() > READERS);
      assertThrows(DatabaseUnavailableException.class, () -> node.bundles().decide(CHECK));
      assertEquals(Optional.empty(), node.health().catalogAge());

      database.become(UnreliableDatabase.State.THERE);
      Eventually.holds("devices are answered", answered::get);
      checks = devices.stop();
    }

    assertEquals(Verdict.update(BEFORE), node.get(CHECK));
    report("database %s at the start: %d of %d checks refused", outage, refused.get(), checks);
  }

  /** Status 503 until there is a state, and never again after that. */
  private static void checkAtStart(UpdateNode node, AtomicLong refused, AtomicBoolean answered)
      throws InterruptedException {
    // Each refusal is logged.
    Thread.sleep(20);
    boolean before = answered.get();
    int status = node.statusOf(CHECK);
    if (status == 503) {
      assertTrue(!before, "refused after another device was answered");
      refused.incrementAndGet();
    } else {
      assertEquals(200, status);
      answered.set(true);
    }
  }
}
