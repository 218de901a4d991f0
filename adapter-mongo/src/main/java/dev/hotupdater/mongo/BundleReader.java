package dev.hotupdater.mongo;

import dev.hotupdater.bundle.BundleId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads bundles as they are between two commits. Whether the server has transactions or not: the
 * head tells whether a commit has come in between, and which bundles it has touched, which are then
 * read again; a commit that is not finished is finished on what was read.
 */
final class BundleReader {
  private final Access access;
  private final UnreadableDocuments unreadable;

  BundleReader(Access access, UnreadableDocuments unreadable) {
    this.access = access;
    this.unreadable = unreadable;
  }

  /**
   * Bundles at one point in time.
   *
   * @param head what the head was then
   */
  record State(Head head, StoredBundles stored) {}

  /** The head, as it is now. */
  Head head() {
    return access.head();
  }

  /** All bundles. */
  State all(Deadline deadline) {
    Head head = access.head();
    Documents documents = everything(head);
    while (true) {
      Head now = access.head();
      if (now.revision().equals(head.revision())) {
        return state(now, documents);
      }
      deadline.check();
      Optional<Set<BundleId>> touched = now.log().since(head.revision());
      if (touched.isPresent()) {
        documents.remove(touched.get());
        read(touched.get(), documents);
        documents.finish(now.pending());
      } else {
        documents = everything(now);
      }
      head = now;
    }
  }

  private Documents everything(Head head) {
    Documents documents = new Documents();
    documents.add(Table.BUNDLES, access.all(Table.BUNDLES));
    documents.add(Table.PATCHES, access.all(Table.PATCHES));
    documents.finish(head.pending());
    return documents;
  }

  /** At least the bundles with these ids. */
  State with(Set<BundleId> ids, Deadline deadline) {
    Head head = access.head();
    while (true) {
      Documents documents = related(ids, head);
      Head now = access.head();
      if (now.revision().equals(head.revision())) {
        return state(now, documents);
      }
      deadline.check();
      head = now;
    }
  }

  private Documents related(Set<BundleId> ids, Head head) {
    Documents documents = new Documents();
    read(ids, documents);
    documents.finish(head.pending());
    readBases(documents.bases(), documents);
    documents.finish(head.pending());
    return documents;
  }

  /** Reads everything that a commit which writes these bundles is about. */
  Documents concerning(Set<BundleId> ids, Collection<BundleId> bases) {
    Documents documents = new Documents();
    read(ids, documents);
    documents.add(Table.PATCHES, access.in(Table.PATCHES, Fields.BASE_BUNDLE_ID, storedTexts(ids)));
    Set<BundleId> all = new HashSet<>(bases);
    all.addAll(documents.bases());
    readBases(all, documents);
    return documents;
  }

  StoredBundles stored(Documents documents) {
    return StoredBundles.of(documents, unreadable);
  }

  private State state(Head head, Documents documents) {
    return new State(head, stored(documents));
  }

  private void read(Set<BundleId> ids, Documents into) {
    List<String> texts = storedTexts(ids);
    into.add(Table.BUNDLES, access.in(Table.BUNDLES, Fields.ID, texts));
    into.add(Table.PATCHES, access.in(Table.PATCHES, Fields.BUNDLE_ID, texts));
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
