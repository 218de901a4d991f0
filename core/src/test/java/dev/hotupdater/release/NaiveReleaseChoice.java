package dev.hotupdater.release;

import dev.hotupdater.bundle.Eligibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which artifact a client gets, written a second time: it lists what the client would like in its
 * order, and looks for that in every release.
 */
final class NaiveReleaseChoice {
  private NaiveReleaseChoice() {}

  /** What is offered, as {@code version target signature}; empty if nothing is. */
  static Optional<String> choose(App app, List<Release> releases, ReleaseCheck check) {
    List<ArtifactTarget> wishes = wishes(check);
    ReleaseVersion bestVersion = check.current();
    Optional<String> best = Optional.empty();
    for (Release release : releases) {
      if (release.version().compareTo(bestVersion) > 0) {
        Optional<String> offer = offer(app, release, check, wishes);
        bestVersion = offer.isPresent() ? release.version() : bestVersion;
        best = offer.isPresent() ? offer : best;
      }
    }
    return best;
  }

  private static Optional<String> offer(
      App app, Release release, ReleaseCheck check, List<ArtifactTarget> wishes) {
    if (release.state() != ReleaseState.PUBLISHED
        || release.minAppVersion().filter(least -> check.current().compareTo(least) < 0).isPresent()
        || !Eligibility.isEligible(
            release.id().value(), check.cohort(), release.rollout(), release.targetCohorts())) {
      return Optional.empty();
    }
    for (ArtifactTarget wish : wishes) {
      for (Artifact artifact : release.artifacts()) {
        Optional<String> signature = signature(app, artifact, check.current());
        if (artifact.target().equals(wish) && artifact.isReady() && signature.isPresent()) {
          return hasBetterOnItsWay(release, wish, check, wishes)
              ? Optional.empty()
              : Optional.of(release.version() + " " + wish + " " + signature.get());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasBetterOnItsWay(
      Release release, ArtifactTarget found, ReleaseCheck check, List<ArtifactTarget> wishes) {
    for (Artifact artifact : release.artifacts()) {
      if (!artifact.isReady()
          && wishes.contains(artifact.target())
          && place(artifact.target(), check) < place(found, check)) {
        return true;
      }
    }
    return false;
  }

  /** Those after the types that have an order are all alike. */
  private static int place(ArtifactTarget target, ReleaseCheck check) {
    return Math.min(bundleTypes(check).indexOf(target.bundleType()), 5);
  }

  private static Optional<String> signature(App app, Artifact artifact, ReleaseVersion client) {
    String keyId = "";
    ReleaseVersion newest = ReleaseVersion.of("0.0.0-0");
    for (VerificationKey key : app.keys()) {
      ReleaseVersion since = key.since().orElse(ReleaseVersion.of("0.0.0-0"));
      if (since.compareTo(client) <= 0 && since.compareTo(newest) >= 0) {
        newest = since;
        keyId = key.id();
      }
    }
    for (ArtifactSignature signature : artifact.signatures()) {
      if (app.keys().isEmpty() || signature.keyId().orElse("unverified").equals(keyId)) {
        return Optional.of(signature.text());
      }
    }
    return Optional.empty();
  }

  /** Everything that the client can install, what it should get first comes first. */
  private static List<ArtifactTarget> wishes(ReleaseCheck check) {
    List<ArtifactTarget> certain = new ArrayList<>();
    List<ArtifactTarget> doubtful = new ArrayList<>();
    boolean installsAll = check.packagings().size() == 2;
    for (String arch : List.of(check.arch(), "universal")) {
      for (Optional<String> bundleType : bundleTypes(check)) {
        boolean isApp = bundleType.equals(Optional.of("app"));
        List<Optional<Packaging>> packagings = new ArrayList<>();
        check.packagings().forEach(each -> packagings.add(Optional.of(each)));
        if (isApp) {
          packagings.clear();
          packagings.add(Optional.of(Packaging.ARCHIVE));
          packagings.add(Optional.of(Packaging.FILE));
        }
        for (Optional<Packaging> packaging : packagings) {
          certain.add(new ArtifactTarget(check.target(), arch, bundleType, packaging));
        }
        (installsAll || isApp ? certain : doubtful)
            .add(new ArtifactTarget(check.target(), arch, bundleType, Optional.empty()));
      }
    }
    certain.addAll(doubtful);
    return certain;
  }

  private static List<Optional<String>> bundleTypes(ReleaseCheck check) {
    List<Optional<String>> types = new ArrayList<>();
    if (check.bundleType().isPresent()) {
      types.add(check.bundleType());
      types.add(Optional.empty());
      return types;
    }
    types.add(Optional.empty());
    switch (check.target()) {
      case "linux" -> types.add(Optional.of("appimage"));
      case "darwin" -> types.add(Optional.of("app"));
      case "windows" -> {
        types.add(Optional.of("nsis"));
        types.add(Optional.of("msi"));
      }
      default ->
          Stream.of("appimage", "app", "nsis", "msi", "deb", "rpm")
              .map(Optional::of)
              .forEach(types::add);
    }
    return types;
  }
}
