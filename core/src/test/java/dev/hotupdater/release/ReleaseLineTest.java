package dev.hotupdater.release;

import static dev.hotupdater.fixture.ReleaseFixture.app;
import static dev.hotupdater.fixture.ReleaseFixture.draft;
import static dev.hotupdater.fixture.ReleaseFixture.key;
import static dev.hotupdater.fixture.ReleaseFixture.pending;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static dev.hotupdater.fixture.ReleaseFixture.signedBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.release.ReleaseDecision.Nothing;
import dev.hotupdater.release.ReleaseDecision.Offer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which release a client gets, and why another one it does not. */
class ReleaseLineTest {
  private static final Artifact LINUX = ready("linux/x86_64");
  private static final Artifact DARWIN = ready("darwin/aarch64");

  private static ReleaseLine line(Release.Builder... releases) {
    return line(app(), releases);
  }

  private static ReleaseLine line(App app, Release.Builder... releases) {
    return ReleaseLine.of(app, Stream.of(releases).map(Release.Builder::build).toList());
  }

  private static ReleaseCheck linux(String current) {
    return linux(current, Optional.empty());
  }

  private static ReleaseCheck linux(String current, Optional<Cohort> cohort) {
    return new ReleaseCheck(
        "stable",
        ReleaseVersion.of(current),
        "linux",
        "x86_64",
        Optional.empty(),
        List.of(Packaging.FILE, Packaging.ARCHIVE),
        cohort,
        true);
  }

  /** The version that is offered, or the reason. */
  private static String decide(ReleaseLine line, ReleaseCheck check) {
    ReleaseDecision decision = line.decide(check);
    return decision instanceof Offer offer
        ? offer.release().version().toString()
        : ((Nothing) decision).reason().wireName();
  }

  private static List<String> explain(ReleaseLine line, ReleaseCheck check) {
    return line.explain(check).stream()
        .map(
            finding ->
                finding.release().version()
                    + " "
                    + finding.rejection().map(ReleaseDecision.Reason::wireName).orElse("offered"))
        .toList();
  }

  @Test
  void releaseWithoutThisPlatform_hidesNoOlderOne() {
    ReleaseLine line =
        line(published("1.1.0", LINUX), published("1.2.0", DARWIN), published("1.0.0", LINUX));

    assertEquals("1.1.0", decide(line, linux("1.0.0")));
    assertEquals("no-artifact", decide(line, linux("1.1.0")));
    assertEquals("up-to-date", decide(line, linux("1.2.0")));
    assertEquals(
        List.of("1.2.0 no-artifact", "1.1.0 offered", "1.0.0 up-to-date"),
        explain(line, linux("1.0.0")));
  }

  @Test
  void lineWithoutReleases_saysSo() {
    assertEquals("no-release", decide(ReleaseLine.EMPTY, linux("1.0.0")));
    assertEquals("no-release", decide(line(draft("2.0.0", LINUX)), linux("1.0.0")));
    assertEquals(
        "no-release", decide(line(published("1.0.0").state(ReleaseState.YANKED)), linux("1.0.0")));
  }

  @ParameterizedTest
  @CsvSource({
    "0.9.0, 1.2.0-beta.1",
    "1.1.0, 1.2.0-beta.1",
    "1.2.0-alpha, 1.2.0-beta.1",
    "1.2.0-beta.1, up-to-date",
    "1.2.0, up-to-date"
  })
  void preRelease_onTheChannel_isOfferedLikeAnyOther(String current, String expected) {
    assertEquals(
        expected,
        decide(line(published("1.2.0-beta.1", LINUX), published("1.1.0", LINUX)), linux(current)));
  }

  @Test
  void buildMetadata_counts() {
    ReleaseLine line = line(published("1.0.0+2", LINUX), published("1.0.0", LINUX));

    assertEquals("1.0.0+2", decide(line, linux("1.0.0")));
    assertEquals("1.0.0+2", decide(line, linux("1.0.0+1")));
    assertEquals("up-to-date", decide(line, linux("1.0.0+2")));
    assertEquals("up-to-date", decide(line, linux("1.0.0+002")));
  }

  @Test
  void draftsAndYanked_areOfferedToNobody() {
    ReleaseLine line =
        line(
            draft("1.3.0", LINUX),
            published("1.2.0", LINUX).state(ReleaseState.YANKED),
            published("1.1.0", LINUX));

    assertEquals("1.1.0", decide(line, linux("1.0.0")));
    assertEquals("yanked", decide(line, linux("1.1.0")));
    assertEquals("up-to-date", decide(line, linux("1.2.0")));
    assertEquals(
        List.of("1.3.0 draft", "1.2.0 yanked", "1.1.0 offered"), explain(line, linux("1.0.0")));
  }

  @Test
  void clientOutsideARollout_getsTheNewestThatItIsIn() {
    Release partial = published("1.2.0", LINUX).rollout(Rollout.of(300)).build();
    ReleaseLine line = line(partial.toBuilder(), published("1.1.0", LINUX));

    long inside =
        IntStream.rangeClosed(1, 1_000)
            .filter(
                number ->
                    decide(line, linux("1.0.0", Optional.of(Cohort.of("" + number))))
                        .equals("1.2.0"))
            .count();

    assertEquals(300, inside);
    assertEquals("1.1.0", decide(line, linux("1.0.0")));
    assertEquals("rollout", decide(line, linux("1.1.0")));
  }

  @Test
  void targetCohort_isInsideARolloutOfNobody() {
    ReleaseLine line =
        line(
            published("1.2.0", LINUX)
                .rollout(Rollout.of(0))
                .targetCohorts(List.of(Cohort.of("qa"))));

    assertEquals("1.2.0", decide(line, linux("1.0.0", Optional.of(Cohort.of("QA")))));
    assertEquals("rollout", decide(line, linux("1.0.0", Optional.of(Cohort.of("1")))));
  }

  @Test
  void minimumVersion_leadsOverASteppingStone() {
    ReleaseLine line =
        line(
            published("2.0.0", LINUX).minAppVersion(Optional.of(ReleaseVersion.of("1.5.0"))),
            published("1.5.0", LINUX));

    assertEquals("1.5.0", decide(line, linux("1.0.0")));
    assertEquals("2.0.0", decide(line, linux("1.5.0")));
    assertEquals(List.of("2.0.0 minimum-version", "1.5.0 offered"), explain(line, linux("1.0.0")));
    assertEquals(
        "minimum-version",
        decide(
            line(published("2.0.0", LINUX).minAppVersion(Optional.of(ReleaseVersion.of("1.5.0")))),
            linux("1.5.0-rc.1")));
  }

  @Test
  void signature_isThatOfTheKeyWhichTheClientHas() {
    App rotated = app(key("A"), key("B", "2.0.0"));
    ReleaseLine line =
        line(
            rotated,
            published("2.1.0", ready("linux/x86_64", signedBy("B"))),
            published("2.0.0", ready("linux/x86_64", signedBy("A"), signedBy("B"))),
            published("1.0.0", ready("linux/x86_64", signedBy("A"))));

    Offer toOldClient = (Offer) line.decide(linux("1.0.0"));
    Offer toNewClient = (Offer) line.decide(linux("2.0.0"));

    assertEquals("2.0.0", toOldClient.release().version().toString());
    assertEquals(Optional.of(signedBy("A")), toOldClient.signature());
    assertEquals("2.1.0", toNewClient.release().version().toString());
    assertEquals(Optional.of(signedBy("B")), toNewClient.signature());
    assertEquals(
        List.of("2.1.0 no-signature", "2.0.0 offered", "1.0.0 up-to-date"),
        explain(line, linux("1.0.0")));
  }

  @Test
  void artifactThatCannotBeVerified_hidesNoOtherOfItsRelease() {
    App rotated = app(key("A"), key("B", "2.0.0"));
    ReleaseLine line =
        line(
            rotated,
            published(
                "2.0.0",
                ready("linux/x86_64//file", signedBy("B")),
                ready("linux/x86_64//archive", signedBy("A"))));

    Offer offer = (Offer) line.decide(linux("1.0.0"));

    assertEquals(Optional.of(Packaging.ARCHIVE), offer.artifact().target().packaging());
    assertEquals(Optional.of(signedBy("A")), offer.signature());
  }

  @Test
  void release_withoutAnyUsableSignature_isNotOffered() {
    Artifact unsigned = ready("linux/x86_64", new ArtifactSignature[0]);

    assertEquals("no-signature", decide(line(published("1.1.0", unsigned)), linux("1.0.0")));
    assertEquals(
        "no-signature", decide(line(app(key("A")), published("1.1.0", LINUX)), linux("1.0.0")));
    assertEquals(
        "no-signature",
        decide(
            line(app(key("A", "1.0.0")), published("1.1.0", ready("linux/x86_64", signedBy("A")))),
            linux("0.9.0")));
  }

  @Test
  void clientThatNeedsNoSignature_getsWhatHasNone() {
    ReleaseCheck check = linux("1.0.0");
    ReleaseCheck trusting =
        new ReleaseCheck(
            check.channel(),
            check.current(),
            check.target(),
            check.arch(),
            check.bundleType(),
            check.packagings(),
            check.cohort(),
            false);
    ReleaseLine line = line(published("1.1.0", ready("linux/x86_64", new ArtifactSignature[0])));

    assertEquals("no-signature", decide(line, check));
    assertEquals("1.1.0", decide(line, trusting));
    assertEquals("no-signature", decide(line, check));
  }

  @Test
  void forEverybody_leavesOutWhatDependsOnTheClient() {
    ReleaseLine line =
        line(
            draft("1.6.0", LINUX),
            published("1.5.0", LINUX).state(ReleaseState.YANKED),
            published("1.4.0", LINUX).rollout(Rollout.of(999)),
            published("1.3.0", LINUX).minAppVersion(Optional.of(ReleaseVersion.of("1.0.0"))),
            published("1.2.0", LINUX),
            published("1.1.0", LINUX));

    assertEquals(
        List.of("1.2.0", "1.1.0"),
        line.forEverybody().stream().map(each -> each.version().toString()).toList());
  }

  @ParameterizedTest
  @CsvSource({"1.0.0, A", "2.0.0, A", "2.1.0, B", "3.1.0, B", "3.1.1, C"})
  void usualKeyFor_isThatOfTheVersionBefore(String version, String expected) {
    ReleaseLine line =
        line(
            app(key("A"), key("B", "2.0.0-beta.1"), key("C", "3.0.0")),
            published("1.0.0"),
            published("2.0.0"),
            published("2.1.0"),
            published("3.0.0").state(ReleaseState.YANKED),
            published("3.1.0"),
            published("3.1.1"));
    Release release =
        line.releases().stream()
            .filter(each -> each.version().toString().equals(version))
            .findFirst()
            .orElseThrow();

    assertEquals(expected, line.usualKeyFor(release).map(VerificationKey::id).orElse("none"));
  }

  @Test
  void usualKeyFor_firstReleaseHere_isTheNewestBeforeIt() {
    Release first = published("2.5.0").build();

    assertEquals(
        Optional.of("B"),
        line(app(key("A"), key("B", "2.0.0"), key("C", "2.5.0")), first.toBuilder())
            .usualKeyFor(first)
            .map(VerificationKey::id));
  }

  @Test
  void explanation_looksPastWhatCannotBeVerified_asTheDecisionDoes() {
    ReleaseLine line =
        line(
            app(key("A")),
            published(
                "1.1.0",
                ready("linux/x86_64", new ArtifactSignature[0]),
                pending("linux/x86_64/deb"),
                ready("linux/universal/deb", signedBy("A"))));
    ReleaseCheck deb =
        new ReleaseCheck(
            "stable",
            ReleaseVersion.of("1.0.0"),
            "linux",
            "x86_64",
            Optional.of("deb"),
            List.of(Packaging.FILE, Packaging.ARCHIVE),
            Optional.empty(),
            true);

    assertEquals("1.1.0", decide(line, deb));
    assertEquals(List.of("1.1.0 offered"), explain(line, deb));
  }

  @Test
  void platformsThatClientsMakeUp_areToldApartByArtifactsOnly() {
    ReleaseLine line = line(published("1.1.0", LINUX, ready("linux/universal")));
    for (int i = 0; i < 1_000; i++) {
      ReleaseCheck madeUp =
          new ReleaseCheck(
              "stable",
              ReleaseVersion.of("1.0.0"),
              "linux",
              "arch" + i,
              Optional.of("type" + i),
              List.of(Packaging.FILE),
              Optional.empty(),
              true);
      assertEquals("1.1.0", decide(line, madeUp));
      assertEquals(
          ArtifactTarget.UNIVERSAL, ((Offer) line.decide(madeUp)).artifact().target().arch());
    }
  }
}
