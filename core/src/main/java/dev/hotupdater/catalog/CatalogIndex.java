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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All bundles at one point in time, arranged for decisions. Immutable. A next state shares with
 * this one what has not changed, down to the instances of the bundles.
 */
final class CatalogIndex implements BundleView, CatalogState {
  /** The state without any bundle, from which the first load starts. */
  static final CatalogIndex EMPTY =
      new CatalogIndex(new Revision(""), SortedCandidates.EMPTY, new EnumMap<>(Platform.class));

  private final Revision revision;
  private final SortedCandidates all;
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
  record Step(CatalogIndex index, CatalogChange change)
      implements Transition<CatalogIndex, CatalogChange> {
    @Override
    public CatalogIndex state() {
      return index;
    }
  }

  private CatalogIndex(
      Revision revision, SortedCandidates all, Map<Platform, Map<String, ChannelIndex>> channels) {
    this.revision = revision;
    this.all = all;
    this.channels = channels;
  }

  /** The index of a snapshot. */
  static CatalogIndex of(BundleSnapshot snapshot) {
    return EMPTY.next(snapshot).index();
  }

  @Override
  public Revision revision() {
    return revision;
  }

  @Override
  public Optional<Bundle> find(BundleId id) {
    return all.find(id).map(Candidate::bundle);
  }

  @Override
  public UpdateDecision decide(UpdateCheck check) {
    Map<String, ChannelIndex> ofPlatform = channels.getOrDefault(check.platform(), Map.of());
    ChannelIndex channel = ofPlatform.get(check.channel());
    return channel != null ? channel.decide(check) : UpdateRule.decide(CandidateList.EMPTY, check);
  }

  /** The state of a snapshot that was taken after this one. */
  Step next(BundleSnapshot snapshot) {
    Set<BundleId> gone = new HashSet<>();
    all.forEach(candidate -> gone.add(candidate.bundle().id()));
    snapshot.bundles().forEach(bundle -> gone.remove(bundle.id()));
    return next(snapshot.revision(), snapshot.bundles(), gone);
  }

  /** The state after what has been written since this one. */
  Step next(BundleDelta delta) {
    return next(delta.revision(), delta.present(), delta.absent());
  }

  /**
   * The state after a change to this one that was found while another one took its place. What is
   * newer than the change wins.
   *
   * @param change how a snapshot differs from this state
   * @param current the state that has taken the place of this one
   * @param later what has been committed after the snapshot
   */
  Step rebase(CatalogChange change, CatalogIndex current, BundleDelta later) {
    Set<BundleId> newer = new HashSet<>(later.absent());
    later.present().forEach(bundle -> newer.add(bundle.id()));
    Predicate<Bundle> applies =
        bundle ->
            find(bundle.id()).equals(current.find(bundle.id())) && !newer.contains(bundle.id());
    List<Bundle> present = change.after().stream().filter(applies).toList();
    Set<BundleId> absent =
        change.before().stream().filter(applies).map(Bundle::id).collect(Collectors.toSet());
    present.forEach(bundle -> absent.remove(bundle.id()));
    return current.next(current.revision, present, absent);
  }

  private Step next(Revision nextRevision, List<Bundle> present, Set<BundleId> absent) {
    List<Bundle> before = new ArrayList<>();
    List<Bundle> after = new ArrayList<>();
    for (BundleId id : absent) {
      find(id).ifPresent(before::add);
    }
    for (Bundle bundle : present) {
      Optional<Bundle> known = find(bundle.id());
      if (!known.equals(Optional.of(bundle))) {
        known.ifPresent(before::add);
        after.add(bundle);
      }
    }
    CatalogChange change = new CatalogChange(before, after);
    return new Step(change.isEmpty() ? at(nextRevision) : after(change, nextRevision), change);
  }

  private CatalogIndex at(Revision nextRevision) {
    return new CatalogIndex(nextRevision, all, channels);
  }

  /** The channels that the change does not touch stay as they are. */
  private CatalogIndex after(CatalogChange change, Revision nextRevision) {
    Set<BundleId> removed = new HashSet<>();
    Set<Target> touched = new HashSet<>();
    for (Bundle bundle : change.before()) {
      removed.add(bundle.id());
      touched.add(Target.of(bundle));
    }
    List<Candidate> put = new ArrayList<>();
    Map<Target, List<Candidate>> enabled = new HashMap<>();
    for (Bundle bundle : change.after()) {
      Candidate candidate = Candidate.of(bundle);
      put.add(candidate);
      touched.add(Target.of(bundle));
      if (bundle.enabled()) {
        enabled.computeIfAbsent(Target.of(bundle), target -> new ArrayList<>()).add(candidate);
      }
    }
    Map<Platform, Map<String, ChannelIndex>> next = new EnumMap<>(Platform.class);
    channels.forEach((platform, byName) -> next.put(platform, new HashMap<>(byName)));
    RangeCache ranges = new RangeCache();
    for (Target target : touched) {
      Map<String, ChannelIndex> byName =
          next.computeIfAbsent(target.platform(), platform -> new HashMap<>());
      SortedCandidates ofChannel =
          Optional.ofNullable(byName.remove(target.channel()))
              .map(ChannelIndex::candidates)
              .orElse(SortedCandidates.EMPTY)
              .with(removed, enabled.getOrDefault(target, List.of()));
      if (!ofChannel.isEmpty()) {
        byName.put(target.channel(), ChannelIndex.of(ofChannel, ranges));
      }
    }
    return new CatalogIndex(nextRevision, all.with(removed, put), next);
  }
}
