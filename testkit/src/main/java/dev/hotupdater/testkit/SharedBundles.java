package dev.hotupdater.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Bundles that many writers change at the same time, so that they conflict. Each writer has one
 * field of one of them for itself, and a metadata key in it, so that it is known what must be there
 * in the end: the last value of every writer, in every field.
 */
final class SharedBundles {
  /** The fields; a writer gives one of them values that follow from a number. */
  private static final List<BiConsumer<Bundle.Builder, Integer>> FIELDS =
      List.of(
          (bundle, value) -> bundle.message(Optional.of("message " + value)),
          (bundle, value) -> bundle.rollout(Rollout.of(value % Cohort.NUMERIC_COHORTS)),
          (bundle, value) -> bundle.enabled(value % 2 == 0),
          (bundle, value) -> bundle.shouldForceUpdate(value % 2 == 0),
          (bundle, value) -> bundle.fileHash("hash-" + value),
          (bundle, value) -> bundle.gitCommitHash(Optional.of("commit-" + value)),
          (bundle, value) ->
              bundle.targetCohorts(Optional.of(List.of(Cohort.of("team-" + value % 3)))),
          (bundle, value) -> bundle.manifestFileHash(Optional.of("manifest-" + value)));

  private static final int COUNT = 8;
  private static final int COUNTER = COUNT;
  private static final int FIRST_DOOMED = COUNT + 1;
  private static final String COUNT_KEY = "count";

  /** How many writers there are: one for each field of each bundle. */
  static final int WRITERS = COUNT * FIELDS.size();

  /** How many bundles get lost on the way, while others carry patches from them. */
  static final int DOOMED = 4;

  private SharedBundles() {}

  /** All of them as they are before the first writer starts. */
  static List<Bundle> initial() {
    List<Bundle> bundles = new ArrayList<>();
    for (int number = 0; number < FIRST_DOOMED + DOOMED; number++) {
      bundles.add(initial(number));
    }
    return bundles;
  }

  private static Bundle initial(int number) {
    return CoherenceFixture.bundle(number).toBuilder()
        .platform(number % 2 == 0 ? Platform.IOS : Platform.ANDROID)
        .channel(number % 4 < 2 ? "production" : "beta")
        .metadata(
            number == COUNTER
                ? Metadata.of(JsonNodeFactory.instance.objectNode().put(COUNT_KEY, 0))
                : Metadata.empty())
        .build();
  }

  /** The number of the shared bundle in which a writer has a field; it is never deleted. */
  static int numberFor(int writer) {
    return writer % COUNT;
  }

  /** The number of the bundle that one of the writers deletes. */
  static int doomed(int index) {
    return FIRST_DOOMED + index % DOOMED;
  }

  static BundleId idOf(int number) {
    return initial(number).id();
  }

  /** The bundle in whose metadata all writers count their conditional changes. */
  static BundleId counter() {
    return idOf(COUNTER);
  }

  /** Gives the field and the metadata key of a writer a value. */
  static BundleChange set(int writer, int value) {
    return BundleChange.of(
        bundle -> {
          FIELDS.get(writer / COUNT).accept(bundle, value);
          bundle.mergeMetadata(key(writer, value));
        });
  }

  private static Metadata key(int writer, int value) {
    return Metadata.of(JsonNodeFactory.instance.objectNode().put("writer-" + writer, value));
  }

  /** Counts one more, and says who did: correct only if nobody has counted since it was read. */
  static BundleChange countUp(Bundle read, int writer, int value) {
    ObjectNode next =
        JsonNodeFactory.instance
            .objectNode()
            .put(COUNT_KEY, read.metadata().toObject().path(COUNT_KEY).asInt() + 1)
            .put("writer-" + writer, value);
    return BundleChange.of(bundle -> bundle.mergeMetadata(Metadata.of(next)));
  }

  /**
   * What must be there when all writers have ended.
   *
   * @param lastValue what each has set its field to, less its own number
   * @param counted how often each has counted
   */
  static List<Bundle> expected(int lastValue, int counted) {
    List<Bundle> bundles = new ArrayList<>();
    for (int number = 0; number < COUNT; number++) {
      Bundle bundle = initial(number);
      for (int writer = number; writer < WRITERS; writer += COUNT) {
        bundle = set(writer, lastValue + writer).applyTo(bundle);
      }
      bundles.add(bundle);
    }
    bundles.add(initial(COUNTER).toBuilder().metadata(counts(counted)).build());
    return bundles;
  }

  private static Metadata counts(int counted) {
    ObjectNode total = JsonNodeFactory.instance.objectNode().put(COUNT_KEY, WRITERS * counted);
    Metadata counts = Metadata.of(total);
    for (int writer = 0; writer < WRITERS; writer++) {
      counts = counts.merge(key(writer, counted));
    }
    return counts;
  }
}
