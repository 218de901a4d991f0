package dev.hotupdater.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.release.Announcement;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.ArtifactState;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Packaging;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.Slug;
import dev.hotupdater.release.VerificationKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Apps and releases for tests, always the same for the same number. */
final class SampleReleases {
  private static final Instant TIME = Instant.parse("2026-03-13T12:00:00.123456Z");
  private static final String TEXT = "Žluťoučký kůň 🚀 \"quoted\" \\ 'single' %s {} \t\n end";

  private SampleReleases() {}

  static AppId appId(int number) {
    return AppId.of("com.example.app-" + number);
  }

  static App app(int number) {
    return App.create(appId(number), TIME);
  }

  static App appWithSlug(int number, String slug) {
    return app(number).withSlug(Slug.of(slug));
  }

  /** Everything that an app can have. */
  static App fullApp(int number) {
    return app(number)
        .withSlug(Slug.of("full-app-" + number))
        .withKeys(
            List.of(
                new VerificationKey("E7620F1842B4E81F", "dW50cnVzdGVk", Optional.empty()),
                new VerificationKey(
                    "0123456789ABCDEF", "bmV3", Optional.of(ReleaseVersion.of("2.0.0-beta.1+7")))));
  }

  static ReleaseId releaseId(int number) {
    return ReleaseId.parse(new UUID(7, number).toString()).orElseThrow();
  }

  /** A draft of the first app. */
  static Release release(int number) {
    return release(number, 1, "stable", "1.0." + number);
  }

  static Release release(int number, int app, String channel, String version) {
    return Release.builder(releaseId(number), appId(app), ReleaseVersion.of(version), TIME)
        .channel(channel)
        .notes("Release " + number)
        .build();
  }

  /** Everything that a release can have. */
  static Release fullRelease(int number) {
    return release(number, 1, "beta", "1.2.3-rc.1+build." + number).toBuilder()
        .notes(TEXT)
        .signature(Optional.of("c2lnbmF0dXJl"))
        .announcement(Announcement.ON_PUBLISH)
        .state(ReleaseState.PUBLISHED)
        .publishedAt(Optional.of(TIME.plusSeconds(60)))
        .mandatory(true)
        .minAppVersion(Optional.of(ReleaseVersion.of("1.0.0+1")))
        .rollout(Rollout.of(250))
        .targetCohorts(List.of(Cohort.of("qa"), Cohort.of("17")))
        .artifacts(List.of(readyArtifact(number), pendingArtifact(number)))
        .metadata(metadata())
        .build();
  }

  static Metadata metadata() {
    return Metadata.of(
        JsonNodeFactory.instance.objectNode().put("text", TEXT).put("number", 1.5).putNull("no"));
  }

  static Artifact readyArtifact(int number) {
    return new Artifact(
        releaseId(1_000 + number),
        new ArtifactTarget(
            "linux", "x86_64", Optional.of("appimage"), Optional.of(Packaging.ARCHIVE)),
        ArtifactState.READY,
        Long.MAX_VALUE / 2,
        "s3://updates/ota/ü " + number,
        Optional.of("ab".repeat(32)),
        Optional.of("My App_1.2.3.AppImage.tar.gz"),
        List.of(
            new ArtifactSignature("c2lnMQ==", Optional.of("E7620F1842B4E81F")),
            new ArtifactSignature("c2lnMg==", Optional.empty())),
        TIME,
        TIME.plusSeconds(3600),
        metadata());
  }

  static Artifact pendingArtifact(int number) {
    return new Artifact(
        releaseId(2_000 + number),
        ArtifactTarget.of("darwin", "aarch64"),
        ArtifactState.PENDING,
        1,
        "local://updates/ota/x",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        TIME,
        TIME.plusSeconds(3600),
        Metadata.empty());
  }
}
