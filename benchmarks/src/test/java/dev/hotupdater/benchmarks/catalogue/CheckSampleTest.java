package dev.hotupdater.benchmarks.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleRules;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CheckSampleTest {
  private static final int BUNDLES = 50;

  @ParameterizedTest
  @EnumSource
  void bundles_ofEachCatalogue_areValidAndInOrder(Catalogue catalogue) {
    List<Bundle> bundles = catalogue.bundles(BUNDLES);
    bundles.forEach(BundleRules::check);
    assertEquals(
        bundles.stream().map(Bundle::id).sorted().distinct().toList(),
        bundles.stream().map(Bundle::id).toList());
    assertEquals(catalogue.newest(BUNDLES), bundles.get(BUNDLES - 1).id());
    assertTrue(catalogue.next(BUNDLES).id().compareTo(catalogue.newest(BUNDLES)) > 0);
  }

  @ParameterizedTest
  @EnumSource
  void bundles_madeAgain_areTheSame(Catalogue catalogue) {
    assertEquals(catalogue.bundles(BUNDLES), catalogue.bundles(BUNDLES));
  }

  @ParameterizedTest
  @CsvSource({"MATCHING,1", "MATCHING,50", "MIXED,1", "MIXED,50"})
  void sample_ofEachOutcome_hasOnlyThat(Catalogue catalogue, int bundles) {
    try (HotUpdater updater = MemoryServer.with(catalogue.bundles(bundles)).build()) {
      for (Outcome outcome : Outcome.values()) {
        List<UpdateCheck> checks = CheckSample.of(catalogue, bundles, outcome, updater);
        assertEquals(CheckSample.SIZE, checks.size());
        for (UpdateCheck check : checks) {
          assertTrue(outcome.isOf(updater.bundles().decide(check)), CheckPath.of(check));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void paths_ofOneSample_areManyAndAnswered(Catalogue catalogue) {
    List<String> paths = CheckSample.of(catalogue, BUNDLES).stream().map(CheckPath::of).toList();
    assertTrue(new HashSet<>(paths).size() > CheckSample.SIZE / 2);
    try (HotUpdater updater = MemoryServer.with(List.of()).build()) {
      for (String path : paths) {
        assertEquals(200, updater.handle(HttpRequest.builder("GET", path).build()).status(), path);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MATCHING")
  void updates_fromAMatchingCatalogue_areAllToItsNewestBundle(Catalogue catalogue) {
    try (HotUpdater updater = MemoryServer.with(catalogue.bundles(BUNDLES)).build()) {
      for (UpdateCheck check : CheckSample.of(catalogue, BUNDLES, Outcome.UPDATE, updater)) {
        UpdateDecision.Update update = (UpdateDecision.Update) updater.bundles().decide(check);
        assertEquals(catalogue.newest(BUNDLES), update.bundle().id());
      }
    }
  }
}
