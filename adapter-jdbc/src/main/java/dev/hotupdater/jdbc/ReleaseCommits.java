package dev.hotupdater.jdbc;

import static java.util.stream.Collectors.joining;

import dev.hotupdater.database.Revision;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The table of the last commits of apps and releases. The newest of them is the revision.
 *
 * <p>Revisions are made at random and not counted: after a backup was restored, a count would
 * sooner or later be what it was before, and servers that still remember that would see no change.
 * The numbers beside them tell the order, and that no commit between two has been forgotten.
 */
final class ReleaseCommits {
  /** How many commits are remembered. */
  static final int MAX_COMMITS = 256;

  /** Of a commit that touches more, only that it happened is remembered. */
  static final int MAX_IDS = 500;

  private static final String TABLE = ReleaseSchema.COMMITS;
  private static final String NEWEST = " from " + TABLE + " order by number desc limit 1";

  /** The revision before the first commit, which has the number 1. */
  private static final Revision NONE = new Revision("0");

  private ReleaseCommits() {}

  /** The records that commits have written or deleted. */
  record Touched(Set<AppId> apps, Set<ReleaseId> releases) {}

  static Revision newest(Session session) {
    return session
        .query(Sql.of("select revision" + NEWEST))
        .mapTo(String.class)
        .findFirst()
        .map(Revision::new)
        .orElse(NONE);
  }

  /**
   * Makes every other commit wait until this transaction ends. It comes first, because SQLite
   * refuses to write after another writer came in between.
   */
  static void lock(Session session) {
    session.update(Settings.OF_RELEASES.touch(session.syntax(), Settings.VERSION));
  }

  /** Adds a commit. Other commits must be locked out. */
  static void add(Session session, Touched touched) {
    long number = 1 + number(session, Sql.of("select number" + NEWEST)).orElse(0L);
    String revision = UUID.randomUUID().toString();
    session.update(
        touched.apps().size() + touched.releases().size() > MAX_IDS
            ? Sql.of("insert into " + TABLE + " (number, revision) values (?, ?)", number, revision)
            : Sql.of(
                "insert into "
                    + TABLE
                    + " (number, revision, app_ids, release_ids) values (?, ?, ?, ?)",
                number,
                revision,
                text(touched.apps()),
                text(touched.releases())));
    session.update(Sql.of("delete from " + TABLE + " where number <= ?", number - MAX_COMMITS));
  }

  private static Optional<Long> number(Session session, Sql sql) {
    return session.query(sql).mapTo(Long.class).findFirst();
  }

  private static String text(Collection<?> ids) {
    return ids.stream().map(Object::toString).collect(joining(" "));
  }

  /** What has been touched since a revision; empty if that is not known. */
  static Optional<Touched> since(Session session, Revision known) {
    Optional<Long> start =
        known.equals(NONE)
            ? Optional.of(0L)
            : number(
                session,
                Sql.of("select number from " + TABLE + " where revision = ?", known.value()));
    return start.flatMap(number -> union(number, after(session, number)));
  }

  private static List<Row> after(Session session, long number) {
    Sql sql =
        Sql.of(
            "select number, app_ids, release_ids from "
                + TABLE
                + " where number > ? order by number",
            number);
    return session.query(sql).map((row, context) -> Row.read(row)).list();
  }

  private static Optional<Touched> union(long start, List<Row> later) {
    Set<AppId> apps = new LinkedHashSet<>();
    Set<ReleaseId> releases = new LinkedHashSet<>();
    long last = start;
    for (Row row : later) {
      if (row.number() != last + 1 || row.touched().isEmpty()) {
        return Optional.empty();
      }
      apps.addAll(row.touched().get().apps());
      releases.addAll(row.touched().get().releases());
      last = row.number();
    }
    return Optional.of(new Touched(apps, releases));
  }

  /** A row; what it has touched is absent if it was too much, or if the row makes no sense. */
  private record Row(long number, Optional<Touched> touched) {
    static Row read(ResultSet row) throws SQLException {
      Optional<Set<AppId>> apps = ids(row.getString("app_ids"), AppId::parse);
      Optional<Set<ReleaseId>> releases = ids(row.getString("release_ids"), ReleaseId::parse);
      return new Row(
          row.getLong("number"),
          apps.flatMap(appIds -> releases.map(releaseIds -> new Touched(appIds, releaseIds))));
    }

    private static <T> Optional<Set<T>> ids(
        @Nullable String text, Function<String, Optional<T>> parser) {
      if (text == null) {
        return Optional.empty();
      }
      Set<T> ids = new LinkedHashSet<>();
      for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
        Optional<T> id = parser.apply(word);
        if (id.isEmpty()) {
          return Optional.empty();
        }
        ids.add(id.get());
      }
      return Optional.of(ids);
    }
  }
}
