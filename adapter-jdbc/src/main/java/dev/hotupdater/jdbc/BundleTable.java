package dev.hotupdater.jdbc;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads bundles together with their patches. */
final class BundleTable {
  private static final String SELECT = "select " + BundleRow.COLUMNS + " from bundles";

  private final UnreadableRows unreadable = new UnreadableRows("bundles");

  /** All bundles. */
  BundleSnapshot snapshot(Session session, Revision revision) {
    List<BundleRow> stored = select(session, Sql.of(SELECT + " order by id desc"));
    Map<BundleId, BundleRow> rows = byId(stored);
    List<PatchRow> patches = patches(session, Sql.of(PatchRow.SELECT + PatchRow.ORDER));
    List<Bundle> bundles = bundles(complete(rows, patches, rows.keySet()).values());
    return new BundleSnapshot(revision, bundles, stored.size() - bundles.size());
  }

  /** The bundles that a query finds, in its order. */
  List<Bundle> page(Session session, Sql conditionAndOrder) {
    return bundles(withPatches(session, select(session, Sql.of(SELECT).append(conditionAndOrder))));
  }

  /** The bundle with this id. */
  Optional<Bundle> find(Session session, BundleId id) {
    return find(session, Set.of(id)).stream().findFirst();
  }

  /** Those bundles that there are with one of these ids. */
  List<Bundle> find(Session session, Set<BundleId> ids) {
    return bundles(withPatches(session, rows(session, ids, "")));
  }

  /** The ids of the bundles that have a row for a patch from one of these bases. */
  Set<BundleId> patchedFrom(Session session, Set<BundleId> bases) {
    String base = "base_bundle_id";
    String column = session.syntax().lowerCaseId(base).orElse(base);
    Set<BundleId> owners = new TreeSet<>();
    for (List<String> chunk : Chunks.of(texts(bases))) {
      Sql condition = Sql.in(column, session.syntax().id(), chunk);
      session
          .query(
              Sql.of("select distinct bundle_id from bundle_patches where bundle_id is not null")
                  .and(condition))
          .mapTo(String.class)
          .forEach(owner -> BundleId.parse(owner).ifPresent(owners::add));
    }
    return owners;
  }

  /** The rows with these ids, locked against change until the end of the transaction. */
  Map<BundleId, BundleRow> lock(Session session, Set<BundleId> ids) {
    return byId(withPatches(session, rows(session, ids, session.syntax().forUpdate())));
  }

  /** Those of these ids that have a row, each as it stands there. */
  Map<BundleId, String> storedIds(Session session, Set<BundleId> ids) {
    Map<BundleId, String> stored = new LinkedHashMap<>();
    byId(rows(session, ids, "")).forEach((id, row) -> stored.put(id, row.storedId()));
    return stored;
  }

  private List<BundleRow> rows(Session session, Set<BundleId> ids, String ending) {
    Syntax syntax = session.syntax();
    List<BundleRow> rows = rows(session, "id", syntax.id(), ids, ending);
    Set<BundleId> missing = new TreeSet<>(ids);
    missing.removeAll(byId(rows).keySet());
    Optional<String> lowerCaseId = syntax.lowerCaseId("id");
    if (lowerCaseId.isPresent()) {
      // No index helps here, so this is only done for ids that were not found, and without a lock,
      // which would be one on every row that is looked at.
      rows.addAll(rows(session, lowerCaseId.get(), "?", missing, ""));
    }
    return rows;
  }

  private List<BundleRow> rows(
      Session session, String column, String parameter, Set<BundleId> ids, String ending) {
    List<BundleRow> rows = new ArrayList<>();
    for (List<String> chunk : Chunks.of(texts(new TreeSet<>(ids)))) {
      Sql condition = Sql.of(" where ").append(Sql.in(column, parameter, chunk));
      rows.addAll(
          select(session, Sql.of(SELECT).append(condition).append(" order by id").append(ending)));
    }
    return rows;
  }

  private List<BundleRow> select(Session session, Sql sql) {
    SharedMetadata metadata = new SharedMetadata();
    return session.query(sql).map((row, context) -> BundleRow.read(row, metadata)).list();
  }

  private List<BundleRow> withPatches(Session session, List<BundleRow> rows) {
    Set<String> owners = new LinkedHashSet<>();
    rows.forEach(row -> owners.add(row.storedId()));
    rows.forEach(row -> row.id().ifPresent(id -> owners.add(id.toString())));
    List<PatchRow> patches = new ArrayList<>();
    for (List<String> chunk : Chunks.of(owners)) {
      Sql condition = Sql.of(" where ").append(Sql.in("bundle_id", session.syntax().id(), chunk));
      patches.addAll(
          patches(session, Sql.of(PatchRow.SELECT).append(condition).append(PatchRow.ORDER)));
    }
    Set<BundleId> bases =
        patches.stream().map(row -> row.patch().baseBundleId()).collect(toCollection(TreeSet::new));
    return new ArrayList<>(
        complete(byId(rows), patches, storedIds(session, bases).keySet()).values());
  }

  private static List<PatchRow> patches(Session session, Sql sql) {
    return session.query(sql).map((row, context) -> PatchRow.read(row)).list().stream()
        .flatMap(Optional::stream)
        .collect(toList());
  }

  /**
   * Gives the bundles of the rows their patches. A patch whose base has gone counts as gone too:
   * not every database of the Node server has the foreign keys that see to that.
   */
  private static Map<BundleId, BundleRow> complete(
      Map<BundleId, BundleRow> rows, List<PatchRow> patches, Set<BundleId> existing) {
    Map<BundleId, List<BundlePatch>> byBundle =
        patches.stream()
            .filter(row -> existing.contains(row.patch().baseBundleId()))
            .collect(groupingBy(PatchRow::bundleId, mapping(PatchRow::patch, toList())));
    Map<BundleId, BundleRow> completed = new LinkedHashMap<>();
    rows.forEach(
        (id, row) -> completed.put(id, row.withPatches(byBundle.getOrDefault(id, List.of()))));
    return completed;
  }

  private Map<BundleId, BundleRow> byId(Collection<BundleRow> rows) {
    Map<BundleId, BundleRow> byId = new LinkedHashMap<>();
    for (BundleRow row : rows) {
      if (row.id().isEmpty()) {
        unreadable.skipped(row.storedId(), "the id is not a UUID");
      } else if (byId.putIfAbsent(row.id().get(), row) != null) {
        unreadable.skipped(row.storedId(), "the same id in other letter case is there as well");
      }
    }
    return byId;
  }

  private List<Bundle> bundles(Collection<BundleRow> rows) {
    List<Bundle> bundles = new ArrayList<>();
    for (BundleRow row : rows) {
      row.bundle()
          .ifPresentOrElse(
              bundles::add,
              () ->
                  unreadable.skipped(
                      row.storedId(), "platform is not ios or android, or a value is missing"));
    }
    return bundles;
  }

  private static List<String> texts(Collection<BundleId> ids) {
    return ids.stream().map(BundleId::toString).collect(toList());
  }
}
