package dev.hotupdater.catalog;

import static dev.hotupdater.fixture.PublishedBundle.archive;
import static dev.hotupdater.fixture.PublishedBundle.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.AppVersion;
import dev.hotupdater.bundle.AppVersionRange;
import dev.hotupdater.bundle.Candidate;
import dev.hotupdater.bundle.CandidateList;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateRule;
import dev.hotupdater.fixture.RandomRanges;
import dev.hotupdater.fixture.Seed;
import dev.hotupdater.fixture.Together;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which bundles run on an app version, and what is remembered of it. */
class VersionCandidatesTest {
  private static final long MAX_REMEMBERED = 1_000_000;

  private static Map<AppVersionRange, List<Candidate>> byRange(List<String> ranges) {
    Map<AppVersionRange, List<Candidate>> byRange = new HashMap<>();
    for (int i = 0; i < ranges.size(); i++) {
      byRange
          .computeIfAbsent(AppVersionRange.parse(ranges.get(i)), range -> new ArrayList<>())
          .add(Candidate.of(archive(i + 1).build()));
    }
    return byRange;
  }

  private static AppVersion version(Random random) {
    return new AppVersion(random.nextInt(5), random.nextInt(5), random.nextInt(5));
  }

  @Test
  void randomVersions_haveTheBundlesWhoseRangeTheyAreIn_whoeverAsks() {
    Random random = Seed.random(VersionCandidatesTest.class);
    for (int round = 0; round < 25; round++) {
      List<String> ranges = new ArrayList<>();
      for (int i = random.nextInt(30); i > 0; i--) {
        ranges.add(RandomRanges.next(random));
      }
      Map<AppVersionRange, List<Candidate>> byRange = byRange(ranges);
      VersionCandidates candidates = VersionCandidates.of(byRange);
      Together.call(
          4,
          number -> {
            Random own = new Random(random.nextLong());
            return () -> {
              for (int i = 0; i < 100; i++) {
                AppVersion version = version(own);
                assertSameBundles(byRange, version, candidates.candidates(version), own);
              }
              return true;
            };
          });
    }
  }

  private static void assertSameBundles(
      Map<AppVersionRange, List<Candidate>> byRange,
      AppVersion version,
      CandidateList found,
      Random random) {
    List<Candidate> expected = new ArrayList<>();
    byRange.forEach(
        (range, candidates) -> expected.addAll(range.matches(version) ? candidates : List.of()));
    UpdateCheck check =
        UpdateCheck.ofAppVersion(Platform.IOS, version.toString())
            .bundleId(id(random.nextInt(32)))
            .build();
    assertEquals(expected.size(), found.size(), version::toString);
    assertEquals(
        UpdateRule.decide(CandidateList.of(expected), check), UpdateRule.decide(found, check));
  }

  @Test
  void versionsWithTheSameBundles_shareOneList() {
    VersionCandidates candidates = VersionCandidates.of(byRange(List.of("1.x", "1.2.3", "3.x")));

    CandidateList ordinary = candidates.candidates(new AppVersion(1, 0, 0));
    assertSame(ordinary, candidates.candidates(new AppVersion(1, 2, 2)));
    // In another section, since another range starts and ends in between.
    assertSame(ordinary, candidates.candidates(new AppVersion(1, 2, 4)));
    assertEquals(2, candidates.candidates(new AppVersion(1, 2, 3)).size());
    assertSame(CandidateList.EMPTY, candidates.candidates(new AppVersion(2, 0, 0)));
  }

  @Test
  void whatIsRemembered_isBounded() {
    int count = 50;
    List<Candidate> thousand = new ArrayList<>();
    byRange(Collections.nCopies(1_000, "*")).values().forEach(thousand::addAll);
    Map<AppVersionRange, List<Candidate>> byRange = new HashMap<>();
    for (int i = 0; i < count; i++) {
      byRange.put(AppVersionRange.parse(">=" + i + ".0.0"), thousand);
    }
    VersionCandidates candidates = VersionCandidates.of(byRange);

    List<CandidateList> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CandidateList list = candidates.candidates(new AppVersion(i, 0, 0));
      assertEquals(1_000 * (i + 1), list.size());
      lists.add(list);
    }

    long all = lists.stream().mapToLong(CandidateList::size).sum();
    assertTrue(all > MAX_REMEMBERED, "the test asks for too little: " + all);
    assertNotSame(lists.get(0), candidates.candidates(new AppVersion(0, 0, 0)));
    long remembered = 0;
    int last = count - 1;
    while (lists.get(last) == candidates.candidates(new AppVersion(last, 0, 0))) {
      remembered += lists.get(last).size();
      last--;
    }
    assertTrue(remembered > 0 && remembered <= MAX_REMEMBERED, "remembered " + remembered);
  }
}
