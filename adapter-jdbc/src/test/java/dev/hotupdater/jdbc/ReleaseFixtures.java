package dev.hotupdater.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.Slug;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Apps and releases for tests, and databases to keep them in. */
final class ReleaseFixtures {
  private static final Instant TIME = Instant.parse("2026-03-13T12:00:00Z");

  private ReleaseFixtures() {}

  /** A shared pool of connections to a database with all tables and nothing in them. */
  static HikariDataSource emptied(TestServer server) throws Exception {
    HikariDataSource pool = server.emptied();
    JdbcSchema.of(pool).migrateReleases();
    Fixtures.execute(
        pool,
        "delete from hot_updater_apps",
        "delete from hot_updater_releases",
        "delete from hot_updater_release_commits");
    return pool;
  }

  static ReleaseStore store(DataSource dataSource) {
    return JdbcDatabase.create(dataSource).releases(RequestContext.none());
  }

  static ReleaseStore store(JdbcDatabase database) {
    return database.releases(RequestContext.none());
  }

  static void commit(ReleaseStore store, ReleaseWrite... writes) {
    store.commit(List.of(writes));
  }

  static int bundles(Database database) {
    return database.bundles(RequestContext.none()).snapshot().bundles().size();
  }

  static App app(int number) {
    return App.create(AppId.of("com.example.app-" + number), TIME);
  }

  static App app(int number, String slug) {
    return app(number).withSlug(Slug.of(slug));
  }

  static ReleaseId id(int number) {
    return ReleaseId.parse(new UUID(7, number).toString()).orElseThrow();
  }

  /** A release of the first app. */
  static Release release(int number) {
    return release(number, "1.0." + number);
  }

  static Release release(int number, String version) {
    return Release.builder(id(number), app(1).id(), ReleaseVersion.of(version), TIME)
        .notes("Release " + number)
        .build();
  }

  static Release noted(Release release, String notes) {
    return release.toBuilder().notes(notes).build();
  }
}
