package dev.hotupdater.protocol.tauri;

import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Packaging;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseCheck;
import dev.hotupdater.release.ReleaseDecision.Reason;
import dev.hotupdater.release.ReleaseLine.Finding;
import dev.hotupdater.release.ReleaseVersion;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Why a release is for a client or not, in words of those who publish it. Immutable. */
final class Explanations {
  private final App app;
  private final ReleaseCheck check;

  Explanations(App app, ReleaseCheck check) {
    this.app = app;
    this.check = check;
  }

  /** One or two sentences without a full stop at the end. */
  String of(Finding finding) {
    Optional<Reason> rejection = finding.rejection();
    return rejection.isPresent() ? of(finding, rejection.get()) : eligible(finding);
  }

  private static String eligible(Finding finding) {
    return "is for the client, as "
        + finding.artifact().map(artifact -> artifact.target().toString()).orElse("nothing");
  }

  private String of(Finding finding, Reason reason) {
    Release release = finding.release();
    return switch (reason) {
      case UP_TO_DATE -> "is not newer than " + check.current() + ", which the client has";
      case NO_RELEASE -> "is not published";
      case NO_ARTIFACT -> artifacts(release) + "; the client needs " + need();
      case ROLLOUT -> "is rolled out to " + release.rollout() + " cohorts; " + cohort();
      case MINIMUM_VERSION ->
          "is for clients from version "
              + release.minAppVersion().map(ReleaseVersion::toString).orElse("")
              + " on; the client has "
              + check.current();
      case NO_SIGNATURE -> signature(finding);
      case DRAFT -> "is a draft, which nobody is offered until it is published";
      case YANKED -> "was taken back, and is offered to nobody";
    };
  }

  private static String artifacts(Release release) {
    String ready = targets(release, Artifact::isReady);
    String pending = targets(release, artifact -> !artifact.isReady());
    String has = ready.isEmpty() ? "has no artifacts" : "has artifacts for " + ready;
    return pending.isEmpty() ? has : has + ", and not yet those for " + pending;
  }

  private static String targets(Release release, Predicate<Artifact> which) {
    return release.artifacts().stream()
        .filter(which)
        .map(artifact -> artifact.target().toString())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private String need() {
    boolean installsAll = check.packagings().size() == Packaging.values().length;
    String packagings =
        check.packagings().stream().map(Packaging::jsonName).collect(Collectors.joining(" or "));
    return check.platform() + (installsAll ? "" : ", packed as " + packagings);
  }

  private String cohort() {
    return check
        .cohort()
        .map(cohort -> "the client is in cohort " + cohort + ", which is not among them")
        .orElse("the client names no installation, so that it gets what is rolled out to all");
  }

  private String signature(Finding finding) {
    String artifact =
        finding.artifact().map(each -> each.target().toString()).orElse("its artifact");
    String clients = ", which clients of version " + check.current() + " have";
    return app.keyFor(check.current())
        .map(key -> "has no signature of the key " + key.id() + clients + ", for " + artifact)
        .orElseGet(
            () ->
                app.verifiesSignatures()
                    ? "cannot be verified: the app has no key for clients of version "
                        + check.current()
                    : "has no signature for " + artifact);
  }
}
