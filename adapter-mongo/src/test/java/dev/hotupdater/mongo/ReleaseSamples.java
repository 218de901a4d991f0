package dev.hotupdater.mongo;

import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.Slug;
import java.time.Instant;
import java.util.UUID;

/** Apps and releases for the tests. */
final class ReleaseSamples {
  private static final Instant TIME = Instant.parse("2026-03-13T12:00:00Z");

  private ReleaseSamples() {}

  static AppId appId(int number) {
    return AppId.of("com.example.app-" + number);
  }

  static App app(int number, String slug) {
    return App.create(appId(number), TIME).withSlug(Slug.of(slug));
  }

  static ReleaseId releaseId(int number) {
    return new ReleaseId(new UUID(7, number).toString());
  }

  /** A draft of the first app. */
  static Release release(int number, String version, String notes) {
    return Release.builder(releaseId(number), appId(1), ReleaseVersion.of(version), TIME)
        .channel("stable")
        .notes(notes)
        .build();
  }
}
