package dev.hotupdater.bundle;

import static dev.hotupdater.bundle.AppVersion.MAX_NUMBER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.RandomRanges;
import dev.hotupdater.fixture.Seed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VersionSectionsTest {
  @Test
  void noRanges_makeOneSection() {
    VersionSections sections = VersionSections.of(List.of());

    assertEquals(1, sections.count());
    assertEquals(0, sections.sectionOf(new AppVersion(0, 0, 0)));
    assertEquals(0, sections.sectionOf(new AppVersion(MAX_NUMBER, MAX_NUMBER, MAX_NUMBER)));
  }

  @Test
  void onePoint_makesThreeSections() {
    VersionSections sections = VersionSections.of(List.of(AppVersionRange.parse(">=1.2.3")));

    assertEquals(3, sections.count());
    assertEquals(0, sections.sectionOf(new AppVersion(1, 2, 2)));
    assertEquals(1, sections.sectionOf(new AppVersion(1, 2, 3)));
    assertEquals(2, sections.sectionOf(new AppVersion(1, 2, 4)));
  }

  @Test
  void versionsOfOneSection_areInTheSameRanges() {
    Random random = Seed.random(VersionSectionsTest.class);
    check(RandomRanges.ALL_FORMS, random);
    for (int round = 0; round < 1_000; round++) {
      List<String> ranges = new ArrayList<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        ranges.add(RandomRanges.next(random));
      }
      check(ranges, random);
    }
  }

  private static void check(List<String> texts, Random random) {
    List<AppVersionRange> ranges = texts.stream().map(AppVersionRange::parse).toList();
    VersionSections sections = VersionSections.of(ranges);
    Map<Integer, BitSet> matching = new HashMap<>();
    int previous = 0;
    for (AppVersion version : versions(ranges, random)) {
      int section = sections.sectionOf(version);
      assertTrue(section >= 0 && section < sections.count(), () -> version + " is in " + section);
      assertTrue(section >= previous, () -> version + " is in " + section);
      previous = section;
      BitSet inRanges = inRanges(version, ranges);
      assertEquals(
          matching.getOrDefault(section, inRanges), inRanges, () -> version + " and " + texts);
      matching.put(section, inRanges);
    }
  }

  private static BitSet inRanges(AppVersion version, List<AppVersionRange> ranges) {
    BitSet inRanges = new BitSet();
    for (int i = 0; i < ranges.size(); i++) {
      inRanges.set(i, ranges.get(i).matches(version));
    }
    return inRanges;
  }

  /** Versions at, just below and just above the boundaries of the ranges, and any, in order. */
  private static TreeSet<AppVersion> versions(List<AppVersionRange> ranges, Random random) {
    TreeSet<AppVersion> versions = new TreeSet<>();
    ranges.forEach(range -> range.points().forEach(point -> addAround(point, versions)));
    for (int i = 0; i < 20; i++) {
      versions.add(new AppVersion(random.nextInt(5), random.nextInt(5), random.nextInt(5)));
    }
    versions.add(new AppVersion(0, 0, 0));
    versions.add(new AppVersion(MAX_NUMBER, MAX_NUMBER, MAX_NUMBER));
    return versions;
  }

  private static void addAround(VersionPoint point, TreeSet<AppVersion> versions) {
    long major = point.major();
    long minor = point.minor();
    long patch = point.patch();
    add(major, minor, patch, versions);
    add(major, minor, patch + 1, versions);
    add(major, minor + 1, 0, versions);
    if (patch > 0) {
      add(major, minor, patch - 1, versions);
    } else if (minor > 0) {
      add(major, minor - 1, MAX_NUMBER, versions);
    } else if (major > 0) {
      add(major - 1, MAX_NUMBER, MAX_NUMBER, versions);
    }
  }

  /** A boundary may be above the greatest version. */
  private static void add(long major, long minor, long patch, TreeSet<AppVersion> versions) {
    if (major <= MAX_NUMBER && minor <= MAX_NUMBER && patch <= MAX_NUMBER) {
      versions.add(new AppVersion(major, minor, patch));
    }
  }
}
