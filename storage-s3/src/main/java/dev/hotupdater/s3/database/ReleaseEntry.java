package dev.hotupdater.s3.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseJson;
import dev.hotupdater.release.ReleaseVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * A release in the root.
 *
 * @param id its id
 * @param appId its app
 * @param channel its channel
 * @param version its version
 * @param record where the rest is
 */
record ReleaseEntry(ReleaseId id, String appId, String channel, String version, RecordName record)
    implements RootEntry<Release> {
  static ReleaseEntry of(Release release, RecordName record) {
    return new ReleaseEntry(
        release.id(),
        release.appId().value(),
        release.channel(),
        release.version().toString(),
        record);
  }

  @Override
  public Optional<Release> outline() {
    return AppId.parse(appId)
        .flatMap(app -> ReleaseVersion.parse(version).map(accepted -> outline(app, accepted)));
  }

  private Release outline(AppId app, ReleaseVersion accepted) {
    return Release.builder(id, app, accepted, Instant.EPOCH).channel(channel).build();
  }

  @Override
  public String label() {
    return "release " + id;
  }

  @Override
  public Release read(JsonNode content) {
    Release release = ReleaseJson.read(content);
    if (!of(release, record).equals(this)) {
      throw new InvalidReleaseException("id", "The object has another release.");
    }
    return release;
  }
}
