package dev.hotupdater.bundle;

import java.util.Locale;
import java.util.Optional;

/** Bundles for tests. */
final class BundleFixture {
  private BundleFixture() {}

  static BundleId id(int number) {
    return BundleId.of(String.format(Locale.ROOT, "0199a000-0000-7000-8000-%012d", number));
  }

  static Bundle.Builder bundle(int number) {
    return Bundle.builder()
        .id(id(number))
        .platform(Platform.IOS)
        .fileHash("hash" + number)
        .storageUri("https://cdn.test/" + number + ".zip")
        .targetAppVersion(Optional.of("*"));
  }
}
