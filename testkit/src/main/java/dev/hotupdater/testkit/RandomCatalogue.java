package dev.hotupdater.testkit;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleFilter;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.bundle.BundleQuery.Window;
import dev.hotupdater.bundle.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Bundles and queries of which many meet, because they are made of few values. */
final class RandomCatalogue {
  private static final List<String> CHANNELS = List.of("production", "Production", "beta", "beta ");
  private static final List<String> RANGES = List.of("1.x", "1.X", "*", "^2.0.0", "1.x ");
  private static final List<String> PRINTS = List.of("fp-1", "FP-1", "fp-2");
  private static final int IDS = 60;

  private final Random random;

  RandomCatalogue(Random random) {
    this.random = random;
  }

  List<Bundle> bundles() {
    List<Bundle> bundles = new ArrayList<>();
    for (int number = 0; number < IDS; number++) {
      // Every other id has a bundle, so that queries ask for unknown ids as well.
      if (random.nextBoolean()) {
        bundles.add(bundle(number));
      }
    }
    return bundles;
  }

  private Bundle bundle(int number) {
    boolean hasPrint = random.nextInt(3) == 0;
    return SampleBundles.small(number).toBuilder()
        .platform(platform())
        .enabled(random.nextBoolean())
        .channel(one(CHANNELS))
        .targetAppVersion(
            hasPrint && random.nextBoolean() ? Optional.empty() : Optional.of(one(RANGES)))
        .fingerprintHash(hasPrint ? Optional.of(one(PRINTS)) : Optional.empty())
        .build();
  }

  BundleQuery query() {
    int limit = 1 + random.nextInt(random.nextBoolean() ? 5 : BundleQuery.MAX_LIMIT);
    return new BundleQuery(filter(), limit, window());
  }

  private Window window() {
    return switch (random.nextInt(4)) {
      case 0 -> new Window.First();
      case 1 -> new Window.Page(1 + random.nextInt(12));
      case 2 -> new Window.After(id());
      default -> new Window.Before(id());
    };
  }

  private BundleFilter filter() {
    BundleFilter.Builder filter = BundleFilter.builder();
    int conditions = random.nextInt(4);
    for (int i = 0; i < conditions; i++) {
      addCondition(filter);
    }
    return filter.build();
  }

  private void addCondition(BundleFilter.Builder filter) {
    switch (random.nextInt(14)) {
      case 0 -> filter.channel(random.nextInt(5) == 0 ? "unknown" : one(CHANNELS));
      case 1 -> filter.platform(platform());
      case 2 -> filter.enabled(random.nextBoolean());
      case 3 -> filter.idEqual(id());
      case 4 -> filter.idGreater(id());
      case 5 -> filter.idGreaterOrEqual(id());
      case 6 -> filter.idLess(id());
      case 7 -> filter.idLessOrEqual(id());
      case 8 -> filter.idIn(random.nextInt(5) == 0 ? List.of() : List.of(id(), id(), id()));
      case 9 -> filter.targetAppVersion(Optional.of(random.nextInt(5) == 0 ? " " : one(RANGES)));
      case 10 -> filter.targetAppVersion(Optional.empty());
      case 11 ->
          filter.targetAppVersionIn(List.of(one(RANGES), " ", "unknown " + random.nextInt()));
      case 12 -> filter.targetAppVersionPresent(true);
      default ->
          filter.fingerprintHash(
              random.nextBoolean() ? Optional.empty() : Optional.of(one(PRINTS)));
    }
  }

  private Platform platform() {
    return random.nextBoolean() ? Platform.IOS : Platform.ANDROID;
  }

  private BundleId id() {
    return SampleBundles.id(random.nextInt(IDS));
  }

  private String one(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
