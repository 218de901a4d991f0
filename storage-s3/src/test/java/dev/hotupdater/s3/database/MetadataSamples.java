package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Bundles for the tests. */
final class MetadataSamples {
  private MetadataSamples() {}

  static BundleId id(int number) {
    return BundleId.of(String.format(Locale.ROOT, "0198c0de-0000-7000-8000-%012d", number));
  }

  static Bundle bundle(int number, String target) {
    return Bundle.builder()
        .id(id(number))
        .platform(Platform.IOS)
        .fileHash("hash")
        .storageUri("s3://updates/" + number + ".zip")
        .targetAppVersion(Optional.of(target))
        .build();
  }

  static Bundle inChannel(Bundle bundle, String channel) {
    return bundle.toBuilder().channel(channel).build();
  }

  static Bundle patched(Bundle bundle, int base) {
    return bundle.toBuilder()
        .patches(List.of(new BundlePatch(id(base), "base", "patch", "s3://updates/p.bsdiff")))
        .build();
  }

  static BundleStore store(Database database) {
    return database.bundles(RequestContext.none());
  }

  static void put(Database database, Bundle... bundles) {
    store(database).commit(Arrays.stream(bundles).map(BundleWrite::put).toList());
  }

  static void delete(Database database, int... numbers) {
    store(database)
        .commit(Arrays.stream(numbers).mapToObj(n -> BundleWrite.delete(id(n))).toList());
  }

  static Map<BundleId, Bundle> bundles(Database database) {
    return byId(store(database).snapshot().bundles());
  }

  static Map<BundleId, Bundle> byId(List<Bundle> bundles) {
    Map<BundleId, Bundle> byId = new TreeMap<>();
    bundles.forEach(bundle -> byId.put(bundle.id(), bundle));
    return byId;
  }
}
