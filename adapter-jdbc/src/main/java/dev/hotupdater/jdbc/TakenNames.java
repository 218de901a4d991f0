package dev.hotupdater.jdbc;

import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.ReleasePlan;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.Slug;
import java.util.Collection;

/**
 * Looks for names that a commit wants and that belong to rows which it does not write. The unique
 * indexes find them as well, but do not tell a name that is taken from a collision, after which the
 * same commit would be tried again.
 */
final class TakenNames {
  private TakenNames() {}

  /**
   * Checks all names of a commit. Other commits must be locked out.
   *
   * @throws AlreadyTakenException if one is taken
   */
  static void check(Session session, ReleasePlan plan) {
    plan.checkNames();
    for (App app : plan.apps()) {
      if (app.slug().isPresent() && isElsewhere(session, app.slug().get(), plan)) {
        throw AlreadyTakenException.slug(app.slug().get());
      }
    }
    for (Release release : plan.releases()) {
      if (isElsewhere(session, release, plan)) {
        throw AlreadyTakenException.version(release);
      }
    }
  }

  private static boolean isElsewhere(Session session, Slug slug, ReleasePlan plan) {
    return isInOtherRow(
        session,
        Sql.of("select id from " + ReleaseSchema.APPS + " where slug = ?", slug.value()),
        plan.writtenApps());
  }

  private static boolean isElsewhere(Session session, Release release, ReleasePlan plan) {
    return isInOtherRow(
        session,
        Sql.of(
            "select id from "
                + ReleaseSchema.RELEASES
                + " where app_id = ? and channel = ? and version = ?",
            release.appId().value(),
            release.channel(),
            release.version().toString()),
        plan.writtenReleases());
  }

  private static boolean isInOtherRow(Session session, Sql select, Collection<?> written) {
    return session.query(select).mapTo(String.class).stream()
        .anyMatch(id -> written.stream().noneMatch(each -> each.toString().equals(id)));
  }
}
