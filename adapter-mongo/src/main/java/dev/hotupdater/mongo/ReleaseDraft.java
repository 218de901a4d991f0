package dev.hotupdater.mongo;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.ExpectedRecords;
import dev.hotupdater.database.ReleasePlan;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;

/**
 * What a commit does to the documents of apps and releases. A record that gets another name gets
 * another document, and what is deleted goes first: so no two documents ever have the same name,
 * even while records exchange theirs, and the unique indexes are never in the way.
 */
final class ReleaseDraft implements Draft {
  private final Documents documents;
  private final BsonString commit;
  private final ReleasePlan plan;
  private final List<DocumentWrite> deletions = new ArrayList<>();
  private final List<DocumentWrite> puts = new ArrayList<>();

  private ReleaseDraft(Documents documents, Revision next, ReleasePlan plan) {
    this.documents = documents;
    this.commit = new BsonString(next.value());
    this.plan = plan;
  }

  /**
   * Drafts a commit.
   *
   * @param next the revision that it leads to
   * @throws dev.hotupdater.database.DatabaseException if a write expects something of a record that
   *     cannot be read
   * @throws dev.hotupdater.database.ReleaseConflictException if a write expects another record
   * @throws dev.hotupdater.database.AlreadyTakenException if a name belongs to another record
   */
  static ReleaseDraft of(List<ReleaseWrite> writes, Revision next, ReleaseReader reader) {
    Set<AppId> appIds = new HashSet<>();
    Set<ReleaseId> releaseIds = new HashSet<>();
    List<App> apps = new ArrayList<>();
    List<Release> releases = new ArrayList<>();
    for (ReleaseWrite write : writes) {
      if (write instanceof ReleaseWrite.PutApp put) {
        appIds.add(put.app().id());
        apps.add(put.app());
      } else if (write instanceof ReleaseWrite.PutRelease put) {
        releaseIds.add(put.release().id());
        releases.add(put.release());
      } else if (write instanceof ReleaseWrite.DeleteRelease delete) {
        releaseIds.add(delete.id());
      }
    }
    Documents documents = new Documents();
    reader.concerning(ReleaseReader.APPS, texts(appIds), apps, documents);
    reader.concerning(ReleaseReader.RELEASES, texts(releaseIds), releases, documents);
    // Nothing is reported: these documents may be from before and after a commit in between.
    ExpectedRecords expected = ExpectedRecords.of(writes);
    StoredRecords<App> storedApps =
        StoredRecords.of(ReleaseReader.APPS, documents).requireReadable(expected.apps());
    StoredRecords<Release> storedReleases =
        StoredRecords.of(ReleaseReader.RELEASES, documents).requireReadable(expected.releases());
    ReleasePlan plan =
        ReleasePlan.of(writes, existing(storedApps, appIds), existing(storedReleases, releaseIds));
    plan.checkNames();
    ReleaseDraft draft = new ReleaseDraft(documents, next, plan);
    draft.write(ReleaseReader.APPS, texts(plan.writtenApps()), plan.apps());
    draft.write(ReleaseReader.RELEASES, texts(plan.writtenReleases()), plan.releases());
    return draft;
  }

  private static Set<String> texts(Set<?> ids) {
    return ids.stream().map(Object::toString).collect(Collectors.toSet());
  }

  private static <I, R> Map<I, R> existing(StoredRecords<R> stored, Set<I> ids) {
    Map<I, R> existing = new HashMap<>();
    ids.forEach(id -> stored.withId(id.toString()).ifPresent(record -> existing.put(id, record)));
    return existing;
  }

  @Override
  public List<DocumentWrite> writes() {
    List<DocumentWrite> writes = new ArrayList<>(deletions);
    writes.addAll(puts);
    return writes;
  }

  @Override
  public Set<BundleId> touched() {
    return plan.writtenReleases().stream()
        .map(id -> BundleId.of(id.value()))
        .collect(Collectors.toSet());
  }

  /**
   * Drafts the writes of apps, or of releases.
   *
   * @param written the ids of those that are written
   * @param present what they are to be afterwards; those that are missing are to be deleted
   */
  private <R> void write(RecordForm<R> form, Set<String> written, Collection<R> present) {
    checkNamesOfOthers(form, written, present);
    for (BsonDocument document : documents.tentative(form.table())) {
      deletions.add(DocumentWrite.delete(form.table(), document));
    }
    Map<String, R> missing = new LinkedHashMap<>();
    present.forEach(record -> missing.put(form.id(record), record));
    for (BsonDocument document : documents.of(form.table())) {
      String id = RecordForm.storedId(document);
      R record = missing.get(id);
      if (record != null && form.name(record).equals(form.storedName(document))) {
        puts.add(DocumentWrite.update(form.table(), document, fields(form, record)));
        missing.remove(id);
      } else if (written.contains(id)) {
        deletions.add(DocumentWrite.delete(form.table(), document));
      }
    }
    missing.values().forEach(record -> puts.add(insert(form, record)));
  }

  /** Documents that make no sense count as well: their names are taken. */
  private <R> void checkNamesOfOthers(
      RecordForm<R> form, Set<String> written, Collection<R> present) {
    Set<BsonDocument> names =
        documents.of(form.table()).stream()
            .filter(document -> !written.contains(RecordForm.storedId(document)))
            .map(form::storedName)
            .collect(Collectors.toSet());
    for (R record : present) {
      BsonDocument name = form.name(record);
      if (!name.isEmpty() && names.contains(name)) {
        throw form.taken(record);
      }
    }
  }

  private <R> DocumentWrite insert(RecordForm<R> form, R record) {
    BsonDocument document = new BsonDocument(Fields.KEY, new BsonObjectId());
    document.putAll(fields(form, record));
    return new DocumentWrite.Insert(form.table(), document);
  }

  private <R> BsonDocument fields(RecordForm<R> form, R record) {
    return form.fields(record).append(Fields.COMMIT, commit);
  }
}
