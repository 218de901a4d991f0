package dev.hotupdater.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.Rollout;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Bundles for the tests of databases. */
final class SampleBundles {
  private SampleBundles() {}

  /** The id with this number; a greater number gives a greater id. */
  static BundleId id(int number) {
    return BundleId.of(
        String.format(Locale.ROOT, "0198c0de-%04x-7a0b-8c0d-%012x", number, 0xabcdef - number));
  }

  /** A bundle with nothing that may be absent but its range. */
  static Bundle small(int number) {
    return Bundle.builder()
        .id(id(number))
        .platform(Platform.IOS)
        .fileHash("hash-" + number)
        .storageUri("s3://updates/bundles/" + number + ".zip")
        .targetAppVersion(Optional.of("1.x"))
        .build();
  }

  /** A bundle in which every field has a value of its own, with patches from these bundles. */
  static Bundle complete(int number, int... bases) {
    return small(number).toBuilder()
        .platform(Platform.ANDROID)
        .shouldForceUpdate(true)
        .enabled(false)
        .fileHash("sig:TWFkZSB1cA==")
        .gitCommitHash(Optional.of("5240a704c9c78a08aa12b68e75ae8d916551e3d3"))
        .message(Optional.of("A message"))
        .channel("beta")
        .targetAppVersion(Optional.of(">= 1.0.0 < 2.0.0 || ~3.1"))
        .fingerprintHash(Optional.of("e20cb1842beb8d0fe9d209ba3c03c06a5f132655"))
        .metadata(nestedMetadata())
        .manifestStorageUri(Optional.of("s3://updates/" + number + "/manifest.json"))
        .manifestFileHash(Optional.of("manifest-hash-" + number))
        .assetBaseStorageUri(Optional.of("s3://updates/assets"))
        .rollout(Rollout.of(250))
        .targetCohorts(Optional.of(List.of(Cohort.of("qa-team"), Cohort.of("7"))))
        .patches(patches(number, bases))
        .build();
  }

  static List<BundlePatch> patches(int number, int... bases) {
    return Arrays.stream(bases).mapToObj(base -> patch(number, base)).toList();
  }

  static BundlePatch patch(int number, int base) {
    String name = number + "-from-" + base;
    return new BundlePatch(
        id(base), "base-" + name, "patch-" + name, "s3://updates/patches/" + name + ".bsdiff");
  }

  static Metadata metadata(String name, String value) {
    return Metadata.of(JsonNodeFactory.instance.objectNode().put(name, value));
  }

  private static Metadata nestedMetadata() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("app_version", "1.4.2");
    object.put("text", "a \"quote\", a \\ backslash, a\ttab and 日本語 🚀");
    object.put("ключ", true);
    object.putNull("nothing");
    object.put("number", 7);
    object.put("large", 9_007_199_254_740_993L);
    object.put("ratio", 0.5);
    object.putObject("empty");
    object.putArray("list").add("a").add(1).addNull().addObject().put("deep", "er");
    return Metadata.of(object);
  }
}
