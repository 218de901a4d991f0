package dev.hotupdater.catalog;

import dev.hotupdater.bundle.AppVersion;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Candidate;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.bundle.UpdateRule;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.Revision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All bundles at one point in time, arranged for decisions. Immutable. */
final class CatalogIndex {
  private final Revision revision;
  private final Map<BundleId, Bundle> byId;
  private final Map<Target, List<Candidate>> enabled;

  private record Target(Platform platform, String channel) {}

  private CatalogIndex(
      Revision revision, Map<BundleId, Bundle> byId, Map<Target, List<Candidate>> enabled) {
    this.revision = revision;
    this.byId = byId;
    this.enabled = enabled;
  }

  static CatalogIndex of(BundleSnapshot snapshot) {
    Map<BundleId, Bundle> byId = new HashMap<>();
    Map<Target, List<Candidate>> enabled = new HashMap<>();
    snapshot.bundles().stream()
        .sorted(Comparator.comparing(Bundle::id).reversed())
        .forEach(
            bundle -> {
              byId.put(bundle.id(), bundle);
              if (bundle.enabled()) {
                Target target = new Target(bundle.platform(), bundle.channel());
                enabled.computeIfAbsent(target, t -> new ArrayList<>()).add(Candidate.of(bundle));
              }
            });
    return new CatalogIndex(snapshot.revision(), byId, enabled);
  }

  Revision revision() {
    return revision;
  }

  Optional<Bundle> find(BundleId id) {
    return Optional.ofNullable(byId.get(id));
  }

  UpdateDecision decide(UpdateCheck check) {
    List<Candidate> all =
        enabled.getOrDefault(new Target(check.platform(), check.channel()), List.of());
    return UpdateRule.decide(matching(all, check.build()), check);
  }

  private static List<Candidate> matching(List<Candidate> candidates, UpdateCheck.Build build) {
    if (build instanceof UpdateCheck.Build.Fingerprint) {
      String hash = ((UpdateCheck.Build.Fingerprint) build).hash();
      return candidates.stream().filter(c -> c.matchesFingerprint(hash)).toList();
    }
    String text = ((UpdateCheck.Build.Version) build).text();
    Optional<AppVersion> version = AppVersion.coerce(text);
    return version.isEmpty()
        ? List.of()
        : candidates.stream().filter(c -> c.matches(version.get())).toList();
  }
}
