package dev.hotupdater.catalog;

import dev.hotupdater.bundle.AppVersion;
import dev.hotupdater.bundle.AppVersionRange;
import dev.hotupdater.bundle.Candidate;
import dev.hotupdater.bundle.CandidateList;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.VersionSections;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The bundles of a channel that go by app version. Which of them run on a version is worked out
 * once for all versions in the same section, and sections with the same bundles share one list.
 * Safe for use by many threads.
 */
final class VersionCandidates {
  /** Above this, what is remembered is forgotten: some 4 MB of references and numbers. */
  private static final int MAX_REMEMBERED = 1_000_000;

  private final AppVersionRange[] ranges;
  private final List<List<Candidate>> groups;
  private final VersionSections sections;

  private final AtomicReferenceArray<CandidateList> bySection;
  private final Map<BitSet, CandidateList> byRanges = new HashMap<>();
  private int remembered;

  private VersionCandidates(
      AppVersionRange[] ranges, List<List<Candidate>> groups, VersionSections sections) {
    this.ranges = ranges;
    this.groups = groups;
    this.sections = sections;
    bySection = new AtomicReferenceArray<>(sections.count());
  }

  static VersionCandidates of(Map<AppVersionRange, List<Candidate>> byRange) {
    List<List<Candidate>> groups = new ArrayList<>();
    AppVersionRange[] ranges = new AppVersionRange[byRange.size()];
    byRange.forEach(
        (range, candidates) -> {
          ranges[groups.size()] = range;
          groups.add(candidates);
        });
    return new VersionCandidates(ranges, groups, VersionSections.of(byRange.keySet()));
  }

  /** The bundles that run on this version. Allocates nothing once its section is known. */
  CandidateList candidates(AppVersion version) {
    int section = sections.sectionOf(version);
    CandidateList known = bySection.get(section);
    return known != null ? known : find(section, version);
  }

  private CandidateList find(int section, AppVersion version) {
    BitSet matching = new BitSet(ranges.length);
    for (int i = 0; i < ranges.length; i++) {
      if (ranges[i].matches(version)) {
        matching.set(i);
      }
    }
    synchronized (byRanges) {
      CandidateList list = byRanges.get(matching);
      if (list == null) {
        list = merge(matching);
        makeRoomFor(list);
        byRanges.put(matching, list);
      }
      bySection.set(section, list);
      return list;
    }
  }

  private CandidateList merge(BitSet matching) {
    List<Candidate> merged = new ArrayList<>();
    matching.stream().forEach(i -> merged.addAll(groups.get(i)));
    return CandidateList.of(merged);
  }

  private void makeRoomFor(CandidateList list) {
    int size = list.size() + Cohort.NUMERIC_COHORTS;
    if (remembered + size > MAX_REMEMBERED) {
      byRanges.clear();
      for (int i = 0; i < bySection.length(); i++) {
        bySection.set(i, null);
      }
      remembered = 0;
    }
    remembered += size;
  }
}
