package dev.hotupdater.s3.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.AppJson;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Slug;
import java.time.Instant;
import java.util.Optional;

/**
 * An app in the root.
 *
 * @param id its id
 * @param slug its slug, if it has one
 * @param record where the rest is
 */
record AppEntry(AppId id, Optional<String> slug, RecordName record) implements RootEntry<App> {
  static AppEntry of(App app, RecordName record) {
    return new AppEntry(app.id(), app.slug().map(Slug::value), record);
  }

  @Override
  public Optional<App> outline() {
    Optional<Slug> accepted = slug.flatMap(Slug::parse);
    App outline = App.create(id, Instant.EPOCH);
    return slug.isPresent() ? accepted.map(outline::withSlug) : Optional.of(outline);
  }

  @Override
  public String label() {
    return "app " + id;
  }

  @Override
  public App read(JsonNode content) {
    App app = AppJson.read(content);
    if (!of(app, record).equals(this)) {
      throw new InvalidReleaseException("id", "The object has another app.");
    }
    return app;
  }
}
