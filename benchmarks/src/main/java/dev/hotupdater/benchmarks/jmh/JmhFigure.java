package dev.hotupdater.benchmarks.jmh;

import dev.hotupdater.benchmarks.catalogue.Catalogue;
import dev.hotupdater.benchmarks.catalogue.Outcome;
import java.util.Comparator;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The result of one benchmark.
 *
 * @param benchmark the class that measured it
 * @param subject what was measured, without the size
 * @param size how many bundles or releases there are
 * @param nanos the time of one call
 * @param error how far the time may be off
 * @param bytes how much one call allocated
 */
record JmhFigure(
    String benchmark, String subject, int size, double nanos, double error, double bytes)
    implements Comparable<JmhFigure> {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final Comparator<JmhFigure> ORDER =
      Comparator.comparing(JmhFigure::subject).thenComparingInt(JmhFigure::size);

  static JmhFigure of(RunResult result) {
    BenchmarkParams params = result.getParams();
    String method = params.getBenchmark();
    Result<?> time = result.getPrimaryResult();
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    return new JmhFigure(
        method.substring(0, method.lastIndexOf('.')),
        method.substring(method.lastIndexOf('.') + 1) + parameters(params),
        Integer.parseInt(params.getParam(has(params, "releases") ? "releases" : "bundles")),
        time.getScore(),
        time.getScoreError(),
        allocated == null ? Double.NaN : allocated.getScore());
  }

  private static String parameters(BenchmarkParams params) {
    String outcome =
        has(params, "outcome") ? " \"" + Outcome.valueOf(params.getParam("outcome")) + '"' : "";
    String catalogue =
        has(params, "catalogue") ? ", " + Catalogue.valueOf(params.getParam("catalogue")) : "";
    return outcome + catalogue;
  }

  private static boolean has(BenchmarkParams params, String name) {
    return params.getParamsKeys().contains(name);
  }

  boolean isOf(Class<?> type) {
    return benchmark.equals(type.getName());
  }

  @Override
  public int compareTo(JmhFigure other) {
    return ORDER.compare(this, other);
  }
}
