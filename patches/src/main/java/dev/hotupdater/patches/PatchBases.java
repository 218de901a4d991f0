package dev.hotupdater.patches;

import dev.hotupdater.bundle.AppVersionRange;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleFilter;
import dev.hotupdater.bundle.BundlePage;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.catalog.Bundles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the bundles that devices are likely to have when they get a target: the newest that are
 * older, enabled, of the same platform and channel, and for the same fingerprint or for a range of
 * app versions that has one in common with the target's. That is the choice of the Hot Updater
 * command line; bundles without manifest, of which no patch can be made, are passed over besides.
 */
final class PatchBases {
  /** How many bundles are looked at before the search for a compatible one is given up. */
  private static final int MAX_PAGES = 10;

  private PatchBases() {}

  static List<Bundle> of(Bundle target, Bundles bundles, int count) {
    BundleFilter.Builder filter =
        BundleFilter.builder()
            .platform(target.platform())
            .channel(target.channel())
            .enabled(true)
            .idLess(target.id());
    if (target.fingerprintHash().isPresent()) {
      return find(
          filter.fingerprintHash(target.fingerprintHash()).build(), base -> true, bundles, count);
    }
    AppVersionRange range = AppVersionRange.parse(target.targetAppVersion().orElse(""));
    return find(
        filter.targetAppVersionPresent(true).build(),
        base ->
            base.targetAppVersion()
                .map(AppVersionRange::parse)
                .filter(range::intersects)
                .isPresent(),
        bundles,
        count);
  }

  private static List<Bundle> find(
      BundleFilter filter, Predicate<Bundle> isCompatible, Bundles bundles, int count) {
    List<Bundle> bases = new ArrayList<>();
    BundleQuery.Window window = new BundleQuery.Window.First();
    for (int page = 0; page < MAX_PAGES; page++) {
      BundlePage found = bundles.list(new BundleQuery(filter, BundleQuery.MAX_LIMIT, window));
      found.bundles().stream()
          .filter(base -> base.manifestStorageUri().isPresent())
          .filter(isCompatible)
          .limit(count - bases.size())
          .forEach(bases::add);
      Optional<Bundle> last = found.bundles().stream().reduce((one, next) -> next);
      if (bases.size() == count || last.isEmpty() || !found.pagination().hasNextPage()) {
        break;
      }
      window = new BundleQuery.Window.After(last.get().id());
    }
    return bases;
  }
}
