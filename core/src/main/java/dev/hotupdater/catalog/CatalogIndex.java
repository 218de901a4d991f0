package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Candidate;
import dev.hotupdater.bundle.CandidateList;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.bundle.UpdateRule;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.Revision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All bundles at one point in time, arranged for decisions. Immutable. A next state shares with
 * this one what has not changed, down to the instances of the bundles.
 */
final class CatalogIndex implements BundleView {
  /** The state without any bundle, from which the first load starts. */
  static final CatalogIndex EMPTY =
      new CatalogIndex(new Revision(""), Map.of(), new EnumMap<>(Platform.class));

  private final Revision revision;
  private final Map<BundleId, Candidate> byId;
  private final Map<Platform, Map<String, ChannelIndex>> channels;

  private record Target(Platform platform, String channel) {
    static Target of(Bundle bundle) {
      return new Target(bundle.platform(), bundle.channel());
    }
  }

  /**
   * A state and what has led to it.
   *
   * @param index the state
   * @param change how it differs from the state before
   */
  record Step(CatalogIndex index, CatalogChange change) {}

  private CatalogIndex(
      Revision revision,
      Map<BundleId, Candidate> byId,
      Map<Platform, Map<String, ChannelIndex>> channels) {
    this.revision = revision;
    this.byId = byId;
    this.channels = channels;
  }

  /** The index of a snapshot. */
  static CatalogIndex of(BundleSnapshot snapshot) {
    return EMPTY.next(snapshot).index();
  }

  Revision revision() {
    return revision;
  }

  @Override
  public Optional<Bundle> find(BundleId id) {
    return Optional.ofNullable(byId.get(id)).map(Candidate::bundle);
  }

  @Override
  public UpdateDecision decide(UpdateCheck check) {
    Map<String, ChannelIndex> ofPlatform = channels.getOrDefault(check.platform(), Map.of());
    ChannelIndex channel = ofPlatform.get(check.channel());
    return channel != null ? channel.decide(check) : UpdateRule.decide(CandidateList.EMPTY, check);
  }

  /** The state of a snapshot that was taken after this one. */
  Step next(BundleSnapshot snapshot) {
    Set<BundleId> gone = new HashSet<>(byId.keySet());
    snapshot.bundles().forEach(bundle -> gone.remove(bundle.id()));
    return next(snapshot.revision(), snapshot.bundles(), gone);
  }

  /** The state after what has been written since this one. */
  Step next(BundleDelta delta) {
    return next(delta.revision(), delta.present(), delta.absent());
  }

  private Step next(Revision nextRevision, List<Bundle> present, Set<BundleId> absent) {
    Map<BundleId, Candidate> next = new HashMap<>(byId);
    List<Bundle> before = new ArrayList<>();
    List<Bundle> after = new ArrayList<>();
    for (BundleId id : absent) {
      Optional.ofNullable(next.remove(id)).map(Candidate::bundle).ifPresent(before::add);
    }
    for (Bundle bundle : present) {
      Candidate known = next.get(bundle.id());
      if (known == null || !known.bundle().equals(bundle)) {
        next.put(bundle.id(), Candidate.of(bundle));
        Optional.ofNullable(known).map(Candidate::bundle).ifPresent(before::add);
        after.add(bundle);
      }
    }
    CatalogChange change = new CatalogChange(before, after);
    return new Step(
        change.isEmpty()
            ? new CatalogIndex(nextRevision, byId, channels)
            : new CatalogIndex(nextRevision, next, rebuild(next, change)),
        change);
  }

  /** The channels after a change; those that it does not touch stay as they are. */
  private Map<Platform, Map<String, ChannelIndex>> rebuild(
      Map<BundleId, Candidate> next, CatalogChange change) {
    Map<Target, List<Candidate>> touched = new HashMap<>();
    change.before().forEach(bundle -> touched.put(Target.of(bundle), new ArrayList<>()));
    change.after().forEach(bundle -> touched.put(Target.of(bundle), new ArrayList<>()));
    for (Candidate candidate : next.values()) {
      List<Candidate> enabled = touched.get(Target.of(candidate.bundle()));
      if (enabled != null && candidate.bundle().enabled()) {
        enabled.add(candidate);
      }
    }
    Map<Platform, Map<String, ChannelIndex>> rebuilt = new EnumMap<>(Platform.class);
    channels.forEach((platform, byName) -> rebuilt.put(platform, new HashMap<>(byName)));
    RangeCache ranges = new RangeCache();
    touched.forEach(
        (target, enabled) -> {
          Map<String, ChannelIndex> byName =
              rebuilt.computeIfAbsent(target.platform(), platform -> new HashMap<>());
          if (enabled.isEmpty()) {
            byName.remove(target.channel());
          } else {
            byName.put(target.channel(), ChannelIndex.of(enabled, ranges));
          }
        });
    return rebuilt;
  }
}
