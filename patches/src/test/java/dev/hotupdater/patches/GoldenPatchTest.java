package dev.hotupdater.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class GoldenPatchTest {
  private final byte[] base = Samples.golden("old.hbc");
  private final byte[] target = Samples.golden("new.hbc");

  @Test
  void apply_patchOfAnotherImplementation_givesTheTarget() {
    assertArrayEquals(
        target, Bspatch.apply(base, Samples.golden("independent.bsdiff"), target.length));
  }

  @Test
  void diff_givesThePatchThatAnotherImplementationHasApplied() {
    assertArrayEquals(Samples.golden("verified.bsdiff"), Bsdiff.diff(base, target));
  }
}
