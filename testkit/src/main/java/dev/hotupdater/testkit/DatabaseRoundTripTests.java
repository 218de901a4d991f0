package dev.hotupdater.testkit;

import static dev.hotupdater.testkit.SampleBundles.complete;
import static dev.hotupdater.testkit.SampleBundles.id;
import static dev.hotupdater.testkit.SampleBundles.metadata;
import static dev.hotupdater.testkit.SampleBundles.patches;
import static dev.hotupdater.testkit.SampleBundles.small;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.BundleRules;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written is what is read. */
abstract class DatabaseRoundTripTests extends DatabaseFixture {
  static Stream<String> oddTexts() {
    return Stream.of(
        "Žluťoučký kůň · 日本語 · עברית · العربية",
        "🚀👩‍👩‍👧 \uD83D\uDCBE",
        "It's \"quoted\" `so` \\ and \\' so; -- no comment /* nor this */ ? :name ${x} <y> %s _ %",
        "\ttab, line\nbreak, return\r\nand bell \u0007",
        "  spaces around  ",
        "ａ\u0308 decomposed and ä composed",
        "\uFEFFbyte order mark and \u200Bzero width",
        "null",
        "{}",
        "x".repeat(BundleRules.MAX_TEXT_LENGTH),
        "日".repeat(BundleRules.MAX_TEXT_LENGTH),
        "🚀".repeat(BundleRules.MAX_TEXT_LENGTH / 2));
  }

  /** The first so many units; an even number does not cut an emoji of these texts in two. */
  private static String start(String text, int length) {
    return text.substring(0, Math.min(text.length(), length));
  }

  @Test
  public void check_ofDatabaseThatIsReady_passes() {
    database().check();

    assertStored();
  }

  @Test
  public void put_ofSmallBundle_isReadAsItWas() {
    put(small(1));

    assertStored(small(1));
  }

  @Test
  public void put_ofBundleWithEveryField_isReadAsItWas() {
    put(small(1), small(2), complete(3, 2, 1));

    assertStored(small(1), small(2), complete(3, 2, 1));
  }

  @Test
  public void put_ofBundleWithEveryField_isReadWithTheSameJson() {
    Bundle bundle = complete(1);

    put(bundle);

    // As a tree: a database may order the entries of metadata as it likes.
    assertEquals(BundleJson.write(bundle), BundleJson.write(store().find(id(1)).orElseThrow()));
  }

  @Test
  public void find_ofTheSameBundleTwice_givesTheSameRevision() {
    put(complete(1));

    assertEquals(
        BundleRevision.of(store().find(id(1)).orElseThrow()),
        BundleRevision.of(store().snapshot().bundles().get(0)));
  }

  @ParameterizedTest
  @MethodSource("oddTexts")
  public void put_ofBundleWithOddTexts_isReadAsItWas(String text) {
    Bundle bundle =
        small(1).toBuilder()
            .fileHash(text)
            .gitCommitHash(Optional.of(text))
            .message(Optional.of(text))
            .targetAppVersion(Optional.of(start(text, BundleRules.MAX_INDEXED_LENGTH)))
            .fingerprintHash(Optional.of(start(text, BundleRules.MAX_INDEXED_LENGTH)))
            .manifestFileHash(Optional.of(text))
            .metadata(metadata("key", start(text, 8000)))
            .build();

    put(bundle);

    assertStored(bundle);
  }

  @ParameterizedTest
  @MethodSource("oddTexts")
  public void channels_withOddName_haveItAsItWas(String text) {
    String channel = start(text, BundleRules.MAX_CHANNEL_LENGTH - 1);

    put(small(1).toBuilder().channel(channel).build());

    assertEquals(new TreeSet<>(List.of(channel)), store().channels());
  }

  @Test
  public void channels_thatDifferInCaseAccentOrSpaceOnly_areDifferent() {
    List<String> names = List.of("beta", "Beta", "BETA", "béta", "beta ", " beta", "bêta");
    for (int i = 0; i < names.size(); i++) {
      put(small(i).toBuilder().channel(names.get(i)).enabled(i % 2 == 0).build());
    }

    assertEquals(new TreeSet<>(names), store().channels());
  }

  @Test
  public void channels_ofEmptyDatabase_areNone() {
    assertEquals(new TreeSet<String>(), store().channels());
  }

  @Test
  public void message_thatIsEmpty_isNotAbsent() {
    Bundle bundle = small(1).toBuilder().message(Optional.of("")).build();

    put(bundle);

    assertStored(bundle);
  }

  @Test
  public void targetCohorts_emptyAndAbsent_areKeptApart() {
    Bundle empty = small(1).toBuilder().targetCohorts(Optional.of(List.of())).build();

    put(empty, small(2));

    assertStored(empty, small(2));
  }

  @Test
  public void targetCohorts_keepTheirOrder() {
    List<Cohort> cohorts = List.of(Cohort.of("z"), Cohort.of("12"), Cohort.of("a"), Cohort.of("3"));

    put(small(1).toBuilder().targetCohorts(Optional.of(cohorts)).build());

    assertEquals(
        cohorts, List.copyOf(store().find(id(1)).orElseThrow().targetCohorts().orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1000})
  public void rollout_ofAnyCount_isReadAsItWas(int count) {
    Bundle bundle = small(1).toBuilder().rollout(Rollout.of(count)).build();

    put(bundle);

    assertStored(bundle);
  }

  @Test
  public void patches_keepTheirOrder() {
    Bundle bundle = small(9).toBuilder().patches(patches(9, 4, 1, 3, 2)).build();

    put(small(1), small(2), small(3), small(4), bundle);

    assertEquals(patches(9, 4, 1, 3, 2), store().find(id(9)).orElseThrow().patches());
  }

  @Test
  public void find_ofUnknownId_findsNothing() {
    put(small(1));

    assertEquals(Optional.empty(), store().find(id(2)));
  }
}
