package dev.hotupdater.release;

import static dev.hotupdater.fixture.ReleaseFixture.TIME;
import static dev.hotupdater.fixture.ReleaseFixture.app;
import static dev.hotupdater.fixture.ReleaseFixture.draft;
import static dev.hotupdater.fixture.ReleaseFixture.key;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Catalogues and clients at random, made to meet often. */
final class RandomReleases {
  private static final List<String> TARGETS = List.of("linux", "darwin", "windows", "own-target");
  private static final List<String> ARCHS = List.of("x86_64", "aarch64", "universal");
  private static final Map<String, List<String>> BUNDLE_TYPES =
      Map.of(
          "linux", List.of("appimage", "deb", "rpm"),
          "darwin", List.of("app"),
          "windows", List.of("nsis", "msi"),
          "own-target", List.of("app", "deb"));

  private final Random random;

  RandomReleases(Random random) {
    this.random = random;
  }

  App anyApp() {
    return switch (random.nextInt(4)) {
      case 0 -> app();
      case 1 -> app(key("A"));
      case 2 -> app(key("A"), key("B", version()));
      default -> app(key("A", "0.1.0"), key("B", "1.0.0"), key("C", "2.0.0-beta.1"));
    };
  }

  String version() {
    String numbers = random.nextInt(3) + "." + random.nextInt(8) + "." + random.nextInt(20);
    String preRelease = oneIn(4) ? "-beta." + random.nextInt(12) : "";
    String build = oneIn(4) ? "+" + "0".repeat(random.nextInt(2)) + random.nextInt(12) : "";
    return numbers + preRelease + build;
  }

  /** Releases of different versions, in any order. */
  List<Release> releases(int count, int artifacts) {
    Map<String, Release> byVersion = new TreeMap<>();
    while (byVersion.size() < count) {
      String version = version();
      byVersion.put(version, release(version, artifacts));
    }
    return new ArrayList<>(byVersion.values());
  }

  private Release release(String version, int artifacts) {
    Map<String, Artifact> byTarget = new TreeMap<>();
    for (int i = 0; i < 10 * artifacts && byTarget.size() < artifacts; i++) {
      Artifact artifact = artifact();
      ArtifactTarget target = artifact.target();
      // Of an app bundle there is one packaging, so that there is one best artifact.
      String kind = target.bundleType().equals(Optional.of("app")) ? "app" : target.toString();
      byTarget.put(target.target() + target.arch() + kind, artifact);
    }
    ReleaseState state =
        oneIn(5)
            ? ReleaseState.values()[random.nextInt(ReleaseState.values().length)]
            : ReleaseState.PUBLISHED;
    return draft(version)
        .artifacts(List.copyOf(byTarget.values()))
        .state(state)
        .publishedAt(Optional.of(TIME))
        .rollout(oneIn(3) ? Rollout.of(random.nextInt(1_001)) : Rollout.FULL)
        .targetCohorts(oneIn(6) ? List.of(Cohort.of("qa"), Cohort.of("7")) : List.of())
        .minAppVersion(oneIn(8) ? Optional.of(ReleaseVersion.of(version())) : Optional.empty())
        .build();
  }

  private Artifact artifact() {
    String target = pick(TARGETS);
    List<ArtifactSignature> signatures = new ArrayList<>();
    for (String keyId : List.of("A", "B", "C")) {
      if (!oneIn(3)) {
        signatures.add(new ArtifactSignature("by " + keyId, Optional.of(keyId)));
      }
    }
    return new Artifact(
        ReleaseId.random(),
        new ArtifactTarget(
            target,
            pick(ARCHS),
            oneIn(3)
                ? Optional.empty()
                : Optional.of(pick(BUNDLE_TYPES.getOrDefault(target, List.of()))),
            oneIn(3) ? Optional.empty() : Optional.of(pick(List.of(Packaging.values())))),
        oneIn(8) ? ArtifactState.PENDING : ArtifactState.READY,
        1,
        "s3://b/k",
        Optional.of("0".repeat(64)),
        Optional.empty(),
        signatures,
        TIME,
        TIME,
        Metadata.empty());
  }

  ReleaseCheck check() {
    String target = pick(TARGETS);
    return new ReleaseCheck(
        "stable",
        ReleaseVersion.of(version()),
        target,
        oneIn(10) ? "riscv64" : pick(ARCHS),
        oneIn(2)
            ? Optional.empty()
            : Optional.of(pick(BUNDLE_TYPES.getOrDefault(target, List.of()))),
        oneIn(2) ? List.of(Packaging.ARCHIVE) : List.of(Packaging.FILE, Packaging.ARCHIVE),
        cohort(),
        true);
  }

  private Optional<Cohort> cohort() {
    return switch (random.nextInt(4)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(Cohort.of("qa"));
      default -> Optional.of(Cohort.of(Integer.toString(1 + random.nextInt(1_000))));
    };
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }
}
