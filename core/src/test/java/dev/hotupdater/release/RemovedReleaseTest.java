package dev.hotupdater.release;

import static dev.hotupdater.fixture.ReleaseFixture.TIME;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static dev.hotupdater.fixture.ReleaseFixture.signedBy;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Metadata;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What may become of releases whose bytes were deleted, and of signatures. */
class RemovedReleaseTest {
  private static final String OTHER_BYTES = "cd".repeat(32);
  private static final Artifact ANY = ready("any/web", signedBy("A"));
  private static final Release PUBLISHED = published("1.0.0", ANY).build();
  private static final Release REMOVED = PUBLISHED.removed();

  private static void assertChange(Release before, Release after, boolean allowed) {
    if (allowed) {
      assertDoesNotThrow(() -> ReleaseRules.checkChange(before, after));
    } else {
      assertThrows(ReleaseStateException.class, () -> ReleaseRules.checkChange(before, after));
    }
  }

  private static Release withArtifacts(Release release, Artifact... artifacts) {
    return release.toBuilder().artifacts(List.of(artifacts)).build();
  }

  @ParameterizedTest
  @CsvSource({
    "DRAFT, REMOVED, true",
    "PUBLISHED, REMOVED, true",
    "YANKED, REMOVED, true",
    "REMOVED, DRAFT, false",
    "REMOVED, YANKED, false",
    "REMOVED, REMOVED, true",
    "REMOVED, PUBLISHED, true"
  })
  void removal_canBeTakenBackByPublishingAlone(
      ReleaseState from, ReleaseState to, boolean allowed) {
    Release before = PUBLISHED.toBuilder().state(from).build();

    assertChange(before, before.toBuilder().state(to).build(), allowed);
  }

  @Test
  void removedRelease_comesBackWithTheSameBytesAlone() {
    Artifact again = ready("any/web");
    Artifact other = again.ready("s3://bucket/other", OTHER_BYTES, List.of());

    assertChange(REMOVED, withArtifacts(PUBLISHED, again), true);
    assertChange(REMOVED, withArtifacts(PUBLISHED, other), false);
    assertChange(REMOVED, withArtifacts(PUBLISHED, again, ready("ios/web")), false);
    assertChange(
        REMOVED,
        withArtifacts(
            PUBLISHED.toBuilder()
                .notes("other")
                .publishedAt(Optional.of(TIME.plusSeconds(60)))
                .build(),
            again),
        true);
  }

  @Test
  void removedRelease_keepsWhatItsBytesWere() {
    assertEquals(ReleaseState.REMOVED, REMOVED.state());
    assertEquals(PUBLISHED.artifacts(), REMOVED.artifacts());
    assertTrue(REMOVED.state().isTakenBack());
    assertEquals(REMOVED, REMOVED.yanked());
    assertChange(REMOVED, withArtifacts(REMOVED), false);
    assertThrows(ReleaseStateException.class, () -> ReleaseRules.checkAcceptsArtifacts(REMOVED));
  }

  @ParameterizedTest
  @EnumSource(names = {"PUBLISHED", "YANKED", "REMOVED"})
  void signatures_canBeAddedAndNotChanged(ReleaseState state) {
    Release before = PUBLISHED.toBuilder().state(state).build();

    assertChange(before, signed(before, signedBy("A"), signedBy("B")), true);
    assertChange(before, signed(before, signedBy("B"), signedBy("A")), true);
    assertChange(before, signed(before, signedBy("B")), false);
    assertChange(before, signed(before), false);
    assertChange(before, signed(before, new ArtifactSignature("other", Optional.of("A"))), false);
    Artifact moved = ANY.ready("s3://elsewhere", "ab".repeat(32), List.of(signedBy("A")));
    assertChange(before, withArtifacts(before, moved), false);
    Artifact described = ANY.withMetadata(Metadata.parse("{\"web\":{}}").orElseThrow());
    assertChange(before, withArtifacts(before, described), false);
  }

  private static Release signed(Release release, ArtifactSignature... signatures) {
    return release.withArtifact(ANY.id(), artifact -> artifact.withSignatures(List.of(signatures)));
  }
}
