package dev.hotupdater.jdbc;

import static java.util.stream.Collectors.toList;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleFilter;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleListing;
import dev.hotupdater.bundle.BundlePage;
import dev.hotupdater.bundle.BundleQuery;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Pages of bundles and the names of channels, found by the database instead of in memory. */
final class Listing {
  private final Session session;
  private final Syntax syntax;
  private final BundleTable table;

  Listing(Session session, BundleTable table) {
    this.session = session;
    this.syntax = session.syntax();
    this.table = table;
  }

  SortedSet<String> channels() {
    String channel = syntax.exact("channel");
    Sql sql =
        Sql.of(
            "select distinct " + channel + " from bundles where " + BundleRow.isReadable(syntax));
    // Text that was made comparable byte by byte comes back as bytes.
    boolean bytes = !channel.equals("channel");
    return new TreeSet<>(
        session
            .query(sql)
            .map(
                (row, context) ->
                    bytes ? new String(row.getBytes(1), StandardCharsets.UTF_8) : row.getString(1))
            .list());
  }

  BundlePage page(BundleQuery query) {
    Sql condition = condition(query.filter());
    int total = count(condition);
    BundleQuery.Window window = query.window();
    if (window instanceof BundleQuery.Window.After) {
      BundleId cursor = ((BundleQuery.Window.After) window).cursor();
      List<Bundle> bundles = select(condition.and(compareId("<", cursor)), "desc", query, 0);
      return BundlePage.of(query, bundles, total, preceding(condition, bundles));
    }
    if (window instanceof BundleQuery.Window.Before) {
      BundleId cursor = ((BundleQuery.Window.Before) window).cursor();
      List<Bundle> bundles = select(condition.and(compareId(">", cursor)), "asc", query, 0);
      Collections.reverse(bundles);
      return BundlePage.of(query, bundles, total, preceding(condition, bundles));
    }
    int start =
        window instanceof BundleQuery.Window.Page
            ? BundleListing.pageStart((BundleQuery.Window.Page) window, query.limit(), total)
            : 0;
    return BundlePage.of(query, select(condition, "desc", query, start), total, start);
  }

  private List<Bundle> select(Sql condition, String direction, BundleQuery query, int offset) {
    Sql all = Sql.of(" where ").append(condition);
    String order = " order by " + syntax.orderedId() + " " + direction;
    return table.page(session, all.append(order + " limit " + query.limit() + " offset " + offset));
  }

  /** How many bundles come before the first of a page. */
  private int preceding(Sql condition, List<Bundle> page) {
    return page.isEmpty() ? 0 : count(condition.and(compareId(">", page.get(0).id())));
  }

  private int count(Sql condition) {
    return session
        .query(Sql.of("select count(*) from bundles where ").append(condition))
        .mapTo(Integer.class)
        .one();
  }

  private Sql condition(BundleFilter filter) {
    Conditions conditions = new Conditions(Sql.of(BundleRow.isReadable(syntax)));
    conditions.add(filter.channel().map(channel -> equal("channel", channel)));
    conditions.add(filter.platform().map(p -> equal("platform", p.wireName())));
    conditions.add(filter.enabled().map(this::enabled));
    conditions.add(filter.idEqual().map(id -> compareId("=", id)));
    conditions.add(filter.idGreater().map(id -> compareId(">", id)));
    conditions.add(filter.idGreaterOrEqual().map(id -> compareId(">=", id)));
    conditions.add(filter.idLess().map(id -> compareId("<", id)));
    conditions.add(filter.idLessOrEqual().map(id -> compareId("<=", id)));
    conditions.add(filter.idIn().map(this::idIn));
    conditions.add(filter.targetAppVersion().map(text -> optional("target_app_version", text)));
    conditions.add(filter.targetAppVersionIn().map(texts -> in("target_app_version", texts)));
    if (filter.targetAppVersionPresent()) {
      conditions.add(Optional.of(present("target_app_version")));
    }
    conditions.add(filter.fingerprintHash().map(text -> optional("fingerprint_hash", text)));
    return conditions.all();
  }

  private Sql enabled(boolean enabled) {
    return Sql.of((enabled ? "" : "not ") + "(" + syntax.isTrue("enabled") + ")");
  }

  private Sql compareId(String operator, BundleId id) {
    return Sql.of(
        syntax.orderedId() + " " + operator + " " + syntax.orderedIdParameter(), id.toString());
  }

  private Sql idIn(Collection<BundleId> ids) {
    return Sql.in(
        syntax.orderedId(),
        syntax.orderedIdParameter(),
        ids.stream().map(BundleId::toString).collect(toList()));
  }

  private Sql equal(String column, String text) {
    return Sql.of(syntax.exact(column) + " = " + syntax.exact("?"), text);
  }

  private Sql in(String column, Collection<String> texts) {
    // Blank text counts as absent in a bundle, so no bundle has it.
    List<String> wanted = texts.stream().filter(text -> !text.isBlank()).collect(toList());
    return Sql.in(syntax.exact(column), syntax.exact("?"), wanted);
  }

  private Sql optional(String column, Optional<String> text) {
    return text.isPresent() ? in(column, List.of(text.get())) : absent(column);
  }

  private Sql absent(String column) {
    return Sql.of("(" + column + " is null or ").append(syntax.isBlank(column)).append(")");
  }

  private Sql present(String column) {
    return Sql.of("(" + column + " is not null and not (")
        .append(syntax.isBlank(column))
        .append("))");
  }

  /** Conditions that must all hold. */
  private static final class Conditions {
    private Sql all;

    Conditions(Sql first) {
      all = first;
    }

    void add(Optional<Sql> condition) {
      condition.ifPresent(more -> all = all.and(more));
    }

    Sql all() {
      return all;
    }
  }
}
