package dev.hotupdater.benchmarks.jmh;

import dev.hotupdater.benchmarks.catalogue.CheckSample;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whose turn it is in a sample. Each thread goes through it by itself. */
@State(Scope.Thread)
public class Turn {
  private int last;

  /** The next index, from 0 to the size of a sample. */
  int next() {
    last = last + 1 & CheckSample.SIZE - 1;
    return last;
  }
}
