package dev.hotupdater.s3.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.AppJson;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Slug;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An app in the root.
 *
 * @param id its id
 * @param slug its slug, if it has one
 * @param record where the rest is
 */
record AppEntry(AppId id, Optional<Slug> slug, RecordName record) implements RootEntry<App> {
  static AppEntry of(App app, RecordName record) {
    return new AppEntry(app.id(), app.slug(), record);
  }

  /** An app that has what is known without its object, for where nothing else matters. */
  App outline() {
    return new App(id, slug, List.of(), Instant.EPOCH);
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
