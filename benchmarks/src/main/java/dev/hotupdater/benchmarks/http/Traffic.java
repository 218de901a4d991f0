package dev.hotupdater.benchmarks.http;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.benchmarks.catalogue.Catalogue;
import dev.hotupdater.benchmarks.catalogue.CheckPath;
import dev.hotupdater.benchmarks.catalogue.CheckSample;
import dev.hotupdater.benchmarks.catalogue.MemoryServer;
import dev.hotupdater.benchmarks.catalogue.Outcome;
import java.util.List;

/**
 * What the devices request, and what they must be answered.
 *
 * @param paths some hundred different paths
 * @param expected a text in every answer
 */
record Traffic(List<String> paths, String expected) {
  private static final String UP_TO_DATE = "\"UP_TO_DATE\"";

  /** Devices that all get this outcome from a matching catalogue with so many bundles. */
  static Traffic of(int bundles, Outcome outcome) {
    try (HotUpdater updater = MemoryServer.with(Catalogue.MATCHING.bundles(bundles)).build()) {
      return new Traffic(
          CheckSample.of(Catalogue.MATCHING, bundles, outcome, updater).stream()
              .map(CheckPath::of)
              .toList(),
          outcome == Outcome.NO_UPDATE
              ? UP_TO_DATE
              : "\"id\":\"" + Catalogue.MATCHING.newest(bundles) + '"');
    }
  }
}
