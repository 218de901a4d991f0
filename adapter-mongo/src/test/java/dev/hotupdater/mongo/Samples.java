package dev.hotupdater.mongo;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.Platform;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Bundles for the tests. */
final class Samples {
  private Samples() {}

  static BundleId id(int number) {
    return BundleId.of(String.format("0198c0de-0000-7000-8000-%012d", number));
  }

  static Bundle bundle(int number, String message, int... bases) {
    return Bundle.builder()
        .id(id(number))
        .platform(Platform.IOS)
        .fileHash("hash")
        .message(Optional.of(message))
        .storageUri("s3://updates/" + number + ".zip")
        .targetAppVersion(Optional.of("1.x"))
        .patches(Arrays.stream(bases).mapToObj(base -> patch(base, message)).toList())
        .build();
  }

  private static BundlePatch patch(int base, String hash) {
    return new BundlePatch(id(base), "base", hash, "s3://updates/patches/" + base);
  }

  static Map<BundleId, Bundle> byId(Collection<Bundle> bundles) {
    Map<BundleId, Bundle> byId = new TreeMap<>();
    bundles.forEach(bundle -> byId.put(bundle.id(), bundle));
    return byId;
  }
}
