package dev.hotupdater.benchmarks.jmh;

import dev.hotupdater.benchmarks.catalogue.Catalogue;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The catalogue that a benchmark is run with. */
@State(Scope.Benchmark)
public abstract class CatalogueState {
  @Param({"MATCHING", "MIXED"})
  Catalogue catalogue = Catalogue.MATCHING;

  @Param({"1", "100", "1000", "10000", "20000"})
  int bundles;
}
