package dev.hotupdater.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Seed;
import dev.hotupdater.release.ReleaseDecision.Offer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The choice equals that of a second implementation, on catalogues at random. */
class NaiveReleaseChoiceTest {
  private static final int SMALL_CATALOGUES = 200;
  private static final int CHECKS_OF_SMALL = 50;
  private static final int CHECKS_PER_EXPLANATION = 25;
  private static final int MANY_RELEASES = 1_000;
  private static final int ARTIFACTS = 12;
  private static final int CHECKS_OF_MANY = 500;

  private static Optional<String> offer(ReleaseDecision decision) {
    return decision instanceof Offer offer
        ? Optional.of(
            offer.release().version()
                + " "
                + offer.artifact().target()
                + " "
                + offer.signature().map(ArtifactSignature::text).orElse("none"))
        : Optional.empty();
  }

  private static int compare(App app, List<Release> releases, RandomReleases random, int checks) {
    ReleaseLine line = ReleaseLine.of(app, releases);
    int offers = 0;
    for (int i = 0; i < checks; i++) {
      ReleaseCheck check = random.check();
      Optional<String> expected = NaiveReleaseChoice.choose(app, releases, check);
      assertEquals(expected, offer(line.decide(check)), () -> check.toString());
      if (i % CHECKS_PER_EXPLANATION == 0) {
        assertEquals(expected.isPresent(), explainsAnOffer(line, check), () -> check.toString());
      }
      offers += expected.isPresent() ? 1 : 0;
    }
    return offers;
  }

  private static boolean explainsAnOffer(ReleaseLine line, ReleaseCheck check) {
    return line.explain(check).stream().anyMatch(finding -> finding.rejection().isEmpty());
  }

  @Test
  void decide_onSmallCatalogues_isTheNaiveChoice() {
    Random seeded = Seed.random(NaiveReleaseChoiceTest.class);
    RandomReleases random = new RandomReleases(seeded);
    int offers = 0;
    for (int i = 0; i < SMALL_CATALOGUES; i++) {
      List<Release> releases = random.releases(seeded.nextInt(6), 1 + seeded.nextInt(ARTIFACTS));
      offers += compare(random.anyApp(), releases, random, CHECKS_OF_SMALL);
    }
    assertTrue(offers > SMALL_CATALOGUES, "the catalogues and clients hardly ever meet");
  }

  @Test
  void decide_onManyReleases_isTheNaiveChoice() {
    RandomReleases random = new RandomReleases(Seed.random(NaiveReleaseChoiceTest.class));

    int offers =
        compare(random.anyApp(), random.releases(MANY_RELEASES, ARTIFACTS), random, CHECKS_OF_MANY);

    assertTrue(offers > CHECKS_OF_MANY / 4, "the catalogue and clients hardly ever meet");
  }
}
