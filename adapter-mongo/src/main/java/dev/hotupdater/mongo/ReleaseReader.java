package dev.hotupdater.mongo;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/**
 * Reads the documents of apps and releases. The log of changes knows releases only: there are few
 * apps, so what has changed is read with all of them.
 */
final class ReleaseReader implements StableReader.Source {
  static final RecordForm<App> APPS = new AppForm();
  static final RecordForm<Release> RELEASES = new ReleaseForm();

  private final Access access;
  private final UnreadableDocuments unreadable;

  ReleaseReader(Access access, UnreadableDocuments unreadable) {
    this.access = access;
    this.unreadable = unreadable;
  }

  @Override
  public void everything(Documents into) {
    into.add(ReleaseTable.APPS, access.all(ReleaseTable.APPS));
    into.add(ReleaseTable.RELEASES, access.all(ReleaseTable.RELEASES));
  }

  @Override
  public void again(Set<BundleId> touched, Documents into) {
    Set<String> ids = texts(touched);
    into.remove(ReleaseTable.APPS, document -> true);
    into.remove(ReleaseTable.RELEASES, document -> ids.contains(RecordForm.storedId(document)));
    readTouched(ids, into);
  }

  /** Reads all apps, and the releases with these ids. */
  StableReader.Part touched(Set<BundleId> ids) {
    return finish -> {
      Documents documents = new Documents();
      readTouched(texts(ids), documents);
      return documents;
    };
  }

  private void readTouched(Set<String> releases, Documents into) {
    into.add(ReleaseTable.APPS, access.all(ReleaseTable.APPS));
    into.add(ReleaseTable.RELEASES, access.in(ReleaseTable.RELEASES, Fields.ID, releases));
  }

  private static Set<String> texts(Set<BundleId> touched) {
    return touched.stream().map(BundleId::toString).collect(Collectors.toSet());
  }

  StableReader.Part app(AppId id) {
    return one(ReleaseTable.APPS, id.value());
  }

  StableReader.Part release(ReleaseId id) {
    return one(ReleaseTable.RELEASES, id.value());
  }

  private StableReader.Part one(ReleaseTable table, String id) {
    return finish -> {
      Documents documents = new Documents();
      documents.add(table, access.in(table, Fields.ID, List.of(id)));
      return documents;
    };
  }

  /** Reads the documents with one of these ids, or with the name of one of these records. */
  <R> void concerning(RecordForm<R> form, Set<String> ids, Collection<R> records, Documents into) {
    List<BsonDocument> names =
        records.stream().map(form::name).filter(name -> !name.isEmpty()).toList();
    into.add(form.table(), access.in(form.table(), Fields.ID, ids));
    into.add(form.table(), access.like(form.table(), names));
  }

  StoredRecords<App> apps(Documents documents) {
    return StoredRecords.of(APPS, documents).reportTo(unreadable);
  }

  StoredRecords<Release> releases(Documents documents) {
    return StoredRecords.of(RELEASES, documents).reportTo(unreadable);
  }
}
