package dev.hotupdater.mongo;

import dev.hotupdater.bundle.BundleId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the documents of bundles with their patches. */
final class BundleReader implements StableReader.Source {
  private final Access access;
  private final UnreadableDocuments unreadable;

  BundleReader(Access access, UnreadableDocuments unreadable) {
    this.access = access;
    this.unreadable = unreadable;
  }

  @Override
  public void everything(Documents into) {
    into.add(Table.BUNDLES, access.all(Table.BUNDLES));
    into.add(Table.PATCHES, access.all(Table.PATCHES));
  }

  @Override
  public void again(Set<BundleId> touched, Documents into) {
    into.remove(
        Table.BUNDLES,
        document -> new BundleDocument(document).id().filter(touched::contains).isPresent());
    into.remove(
        Table.PATCHES,
        document -> new PatchDocument(document).bundleId().filter(touched::contains).isPresent());
    read(touched, into);
  }

  /** Reads at least the bundles with these ids, and the bases of their patches. */
  StableReader.Part with(Set<BundleId> ids) {
    return finish -> related(ids, finish);
  }

  private Documents related(Set<BundleId> ids, Consumer<Documents> finish) {
    Documents documents = new Documents();
    read(ids, documents);
    finish.accept(documents);
    readBases(bases(documents), documents);
    return documents;
  }

  /** Reads everything that a commit which writes these bundles is about. */
  Documents concerning(Set<BundleId> ids, Collection<BundleId> bases) {
    Documents documents = new Documents();
    read(ids, documents);
    documents.add(Table.PATCHES, access.in(Table.PATCHES, Fields.BASE_BUNDLE_ID, storedTexts(ids)));
    Set<BundleId> all = new HashSet<>(bases);
    all.addAll(bases(documents));
    readBases(all, documents);
    return documents;
  }

  StoredBundles stored(Documents documents) {
    return StoredBundles.of(documents, unreadable);
  }

  private void read(Set<BundleId> ids, Documents into) {
    List<String> texts = storedTexts(ids);
    into.add(Table.BUNDLES, access.in(Table.BUNDLES, Fields.ID, texts));
    into.add(Table.PATCHES, access.in(Table.PATCHES, Fields.BUNDLE_ID, texts));
  }

  /** The ids of all bundles that the patches start from. */
  private static Collection<BundleId> bases(Documents documents) {
    return documents.of(Table.PATCHES).stream()
        .flatMap(document -> new PatchDocument(document).baseBundleId().stream())
        .toList();
  }

  private void readBases(Collection<BundleId> bases, Documents into) {
    Set<BundleId> missing = new LinkedHashSet<>(bases);
    into.of(Table.BUNDLES)
        .forEach(document -> new BundleDocument(document).id().ifPresent(missing::remove));
    into.add(Table.BUNDLES, access.in(Table.BUNDLES, Fields.ID, storedTexts(missing)));
  }

  /** The texts of ids as they are stored: normally in lower case. */
  private static List<String> storedTexts(Collection<BundleId> ids) {
    List<String> texts = new ArrayList<>();
    for (BundleId id : ids) {
      texts.add(id.toString());
      texts.add(id.toString().toUpperCase(Locale.ROOT));
    }
    return texts;
  }
}
