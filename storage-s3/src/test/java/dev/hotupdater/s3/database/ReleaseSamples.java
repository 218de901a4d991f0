package dev.hotupdater.s3.database;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Apps and releases for the tests. */
final class ReleaseSamples {
  static final App APP = App.create(AppId.of("com.example.app"), Instant.EPOCH);

  private ReleaseSamples() {}

  /**
   * All there is in a database.
   *
   * @param apps the apps
   * @param releases the releases
   */
  record Content(Set<App> apps, Set<Release> releases) {
    static Content of(List<App> apps, List<Release> releases) {
      return new Content(new HashSet<>(apps), new HashSet<>(releases));
    }
  }

  static ReleaseId releaseId(int number) {
    return new ReleaseId(new UUID(7, number).toString());
  }

  static Release release(int number) {
    return release(number, "Release " + number);
  }

  static Release release(int number, String notes) {
    return Release.builder(
            releaseId(number), APP.id(), ReleaseVersion.of("1.0." + number), Instant.EPOCH)
        .channel("stable")
        .notes(notes)
        .build();
  }

  static ReleaseStore releases(ReleaseDatabase database) {
    return database.releases(RequestContext.none());
  }

  static void commit(ReleaseDatabase database, ReleaseWrite... writes) {
    releases(database).commit(List.of(writes));
  }

  static void put(ReleaseDatabase database, Release... releases) {
    releases(database).commit(List.of(releases).stream().map(ReleaseWrite::put).toList());
  }

  static Content content(ReleaseDatabase database) {
    ReleaseSnapshot snapshot = releases(database).snapshot();
    return Content.of(snapshot.apps(), snapshot.releases());
  }
}
