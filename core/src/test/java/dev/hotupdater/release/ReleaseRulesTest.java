package dev.hotupdater.release;

import static dev.hotupdater.fixture.ReleaseFixture.TIME;
import static dev.hotupdater.fixture.ReleaseFixture.draft;
import static dev.hotupdater.fixture.ReleaseFixture.pending;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Rollout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReleaseRulesTest {
  private static final Artifact LINUX = ready("linux/x86_64");
  private static final Artifact COMING = pending("darwin/aarch64");
  private static final Release PUBLISHED = published("1.0.0", LINUX, COMING).build();

  private static void assertRefused(String field, Release.Builder release) {
    Release built = release.build();
    InvalidReleaseException refusal =
        assertThrows(InvalidReleaseException.class, () -> ReleaseRules.check(built));
    assertEquals(field, refusal.field());
  }

  private static Artifact with(
      long size, String storageUri, Optional<String> sha256, Optional<String> fileName) {
    return new Artifact(
        ReleaseId.random(),
        ArtifactTarget.of("linux", "x86_64"),
        ArtifactState.READY,
        size,
        storageUri,
        sha256,
        fileName,
        List.of(),
        TIME,
        TIME,
        Metadata.empty());
  }

  private static Artifact named(String fileName) {
    return with(1, "s3://b/k", Optional.of("0".repeat(64)), Optional.of(fileName));
  }

  @Test
  void check_ofGoodRelease_passes() {
    assertDoesNotThrow(() -> ReleaseRules.check(PUBLISHED));
    assertDoesNotThrow(
        () ->
            ReleaseRules.check(
                draft("1.0.0", named("my app-setup.exe"))
                    .channel("a".repeat(64))
                    .notes("n".repeat(ReleaseRules.MAX_TEXT_LENGTH))
                    .signature(Optional.of("s".repeat(ArtifactSignature.MAX_LENGTH)))
                    .targetCohorts(List.of(Cohort.of("qa"), Cohort.of("1000")))
                    .build()));
  }

  @ParameterizedTest
  @CsvSource({"''", "-a", "a b", "a/b", "ä", "latest.json/x"})
  void channel_ofAnotherForm_isRefused(String channel) {
    assertRefused("channel", draft("1.0.0").channel(channel));
  }

  @Test
  void check_ofWhatNoDatabaseKeeps_isRefused() {
    assertRefused("channel", draft("1.0.0").channel("a".repeat(65)));
    assertRefused("notes", draft("1.0.0").notes("n".repeat(ReleaseRules.MAX_TEXT_LENGTH + 1)));
    assertRefused("notes", draft("1.0.0").notes("a\0b"));
    assertRefused("notes", draft("1.0.0").notes("half \ud83d of a pair"));
    assertRefused(
        "signature",
        draft("1.0.0").signature(Optional.of("s".repeat(ArtifactSignature.MAX_LENGTH + 1))));
  }

  @Test
  void check_ofArtifactThatBreaksARule_namesTheField() {
    assertRefused("artifacts", draft("1.0.0", LINUX, ready("linux/x86_64")));
    assertRefused(
        "artifacts",
        draft("1.0.0")
            .artifacts(
                IntStream.rangeClosed(0, ReleaseRules.MAX_ARTIFACTS)
                    .mapToObj(number -> ready("linux/arch" + number))
                    .toList()));
    Optional<String> hash = Optional.of("0".repeat(64));
    assertRefused("file_size", draft("1.0.0", with(0, "s3://b/k", hash, Optional.empty())));
    assertRefused("sha256", draft("1.0.0", with(1, "s3://b/k", Optional.empty(), hash)));
    assertRefused("sha256", draft("1.0.0", with(1, "s3://b/k", Optional.of("A".repeat(64)), hash)));
    for (String name : List.of("", ".", "..", "a/b", "a\\b", "a\nb", "x".repeat(256))) {
      assertRefused("file_name", draft("1.0.0", named(name)));
    }
  }

  @Test
  void check_ofTargetCohorts_refusesManyAndNames() {
    assertRefused("target_cohorts", draft("1.0.0").targetCohorts(List.of(Cohort.of("1001"))));
    assertRefused("target_cohorts", draft("1.0.0").targetCohorts(List.of(Cohort.of("q a"))));
    assertRefused(
        "target_cohorts",
        draft("1.0.0")
            .targetCohorts(
                IntStream.rangeClosed(0, ReleaseRules.MAX_TARGET_COHORTS)
                    .mapToObj(number -> Cohort.of("cohort-" + number))
                    .toList()));
  }

  @ParameterizedTest
  @CsvSource({
    "DRAFT, DRAFT, true",
    "DRAFT, PUBLISHED, true",
    "DRAFT, YANKED, true",
    "PUBLISHED, DRAFT, false",
    "PUBLISHED, PUBLISHED, true",
    "PUBLISHED, YANKED, true",
    "YANKED, DRAFT, false",
    "YANKED, PUBLISHED, false",
    "YANKED, YANKED, true"
  })
  void checkChange_ofState_goesForwardOnly(ReleaseState from, ReleaseState to, boolean allowed) {
    Release before = PUBLISHED.toBuilder().state(from).build();
    assertChange(before, release -> release.toBuilder().state(to).build(), allowed);
  }

  private static void assertChange(Release before, UnaryOperator<Release> change, boolean allowed) {
    Release after = change.apply(before);
    if (allowed) {
      assertDoesNotThrow(() -> ReleaseRules.checkChange(before, after));
    } else {
      assertThrows(ReleaseStateException.class, () -> ReleaseRules.checkChange(before, after));
    }
  }

  @ParameterizedTest
  @EnumSource
  void checkChange_ofWhatClientsWereTold_isForDraftsOnly(ReleaseState state) {
    Release before = PUBLISHED.toBuilder().state(state).build();
    boolean isDraft = state == ReleaseState.DRAFT;

    assertChange(before, each -> each.toBuilder().notes("other").build(), isDraft);
    assertChange(before, each -> each.toBuilder().signature(Optional.of("other")).build(), isDraft);
    assertChange(
        before,
        each -> each.toBuilder().publishedAt(Optional.of(TIME.plus(Duration.ofDays(1)))).build(),
        isDraft);
    assertChange(before, each -> each.withoutArtifact(LINUX.id()), isDraft);
    assertChange(
        before,
        each -> each.withArtifact(LINUX.id(), artifact -> artifact.withSignatures(List.of())),
        isDraft);
  }

  @ParameterizedTest
  @EnumSource
  void checkChange_ofWhatHasNoClients_isAlwaysAllowed(ReleaseState state) {
    Release before = PUBLISHED.toBuilder().state(state).build();

    assertChange(before, each -> each.withoutArtifact(COMING.id()), true);
    assertChange(
        before,
        each ->
            each.withArtifact(
                COMING.id(), artifact -> artifact.ready("s3://b/k", "0".repeat(64), List.of())),
        true);
    assertChange(before, each -> each.withArtifact(ready("windows/x86_64")), true);
    assertChange(before, each -> each.toBuilder().rollout(Rollout.of(1)).build(), true);
    assertChange(before, each -> each.toBuilder().mandatory(true).build(), true);
  }

  @ParameterizedTest
  @CsvSource({
    "DRAFT, ON_PUBLISH, true",
    "DRAFT, ON_COMPLETION, true",
    "PUBLISHED, ON_PUBLISH, false",
    "PUBLISHED, ON_COMPLETION, true",
    "YANKED, ON_PUBLISH, false",
    "YANKED, ON_COMPLETION, false"
  })
  void checkAcceptsArtifacts_dependsOnStateAndAnnouncement(
      ReleaseState state, Announcement announcement, boolean accepts) {
    Release release = PUBLISHED.toBuilder().state(state).announcement(announcement).build();
    if (accepts) {
      assertDoesNotThrow(() -> ReleaseRules.checkAcceptsArtifacts(release));
    } else {
      assertThrows(ReleaseStateException.class, () -> ReleaseRules.checkAcceptsArtifacts(release));
    }
  }
}
