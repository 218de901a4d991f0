package dev.hotupdater.catalog;

import dev.hotupdater.bundle.AppVersionRange;
import dev.hotupdater.bundle.Candidate;
import dev.hotupdater.bundle.CandidateList;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.bundle.UpdateRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The enabled bundles of one platform and channel, arranged for decisions. Safe for use by many
 * threads; its content never changes.
 */
final class ChannelIndex {
  private final SortedCandidates candidates;
  private final Map<String, CandidateList> byFingerprint;
  private final VersionCandidates byVersion;

  private ChannelIndex(
      SortedCandidates candidates,
      Map<String, CandidateList> byFingerprint,
      VersionCandidates byVersion) {
    this.candidates = candidates;
    this.byFingerprint = byFingerprint;
    this.byVersion = byVersion;
  }

  /**
   * The index of these candidates.
   *
   * @param ranges compiles a range, once for each text
   */
  static ChannelIndex of(SortedCandidates candidates, RangeCache ranges) {
    Map<String, List<Candidate>> byFingerprint = new HashMap<>();
    Map<AppVersionRange, List<Candidate>> byRange = new HashMap<>();
    for (Candidate candidate : candidates) {
      candidate.bundle().fingerprintHash().ifPresent(hash -> add(byFingerprint, hash, candidate));
      candidate
          .bundle()
          .targetAppVersion()
          .ifPresent(text -> add(byRange, ranges.get(text), candidate));
    }
    Map<String, CandidateList> lists = new HashMap<>();
    byFingerprint.forEach((hash, list) -> lists.put(hash, CandidateList.of(list)));
    return new ChannelIndex(candidates, lists, VersionCandidates.of(byRange));
  }

  private static <K> void add(Map<K, List<Candidate>> groups, K key, Candidate candidate) {
    groups.computeIfAbsent(key, k -> new ArrayList<>()).add(candidate);
  }

  SortedCandidates candidates() {
    return candidates;
  }

  UpdateDecision decide(UpdateCheck check) {
    return UpdateRule.decide(candidates(check.build()), check);
  }

  private CandidateList candidates(UpdateCheck.Build build) {
    if (build instanceof UpdateCheck.Build.Fingerprint) {
      String hash = ((UpdateCheck.Build.Fingerprint) build).hash();
      return byFingerprint.getOrDefault(hash, CandidateList.EMPTY);
    }
    return ((UpdateCheck.Build.Version) build)
        .number()
        .map(byVersion::candidates)
        .orElse(CandidateList.EMPTY);
  }
}
