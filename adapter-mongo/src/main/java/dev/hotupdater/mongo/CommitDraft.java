package dev.hotupdater.mongo;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.CommitPlan;
import dev.hotupdater.database.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * What a commit does to documents, worked out from what is stored. The order is that in which other
 * software may see one write after the other: bundles go before their patches, and the patches of a
 * new bundle are there before it is.
 */
final class CommitDraft implements Draft {
  private final Documents documents;
  private final StoredBundles stored;
  private final CommitPlan plan;
  private final BsonString commit;
  private final List<DocumentWrite> writes = new ArrayList<>();
  private final Set<BsonValue> usedPatches = new HashSet<>();

  private CommitDraft(Documents documents, StoredBundles stored, CommitPlan plan, Revision next) {
    this.documents = documents;
    this.stored = stored;
    this.plan = plan;
    this.commit = new BsonString(next.value());
  }

  /**
   * Drafts a commit.
   *
   * @param next the revision that it leads to
   * @throws dev.hotupdater.database.WriteConflictException if a write expects another bundle
   * @throws dev.hotupdater.bundle.InvalidBundleException if the base of a patch will not exist
   */
  static CommitDraft of(List<BundleWrite> writes, Revision next, BundleReader reader) {
    Set<BundleId> ids = new LinkedHashSet<>();
    Set<BundleId> bases = new LinkedHashSet<>();
    for (BundleWrite write : writes) {
      ids.add(write.id());
      if (write instanceof BundleWrite.Put put) {
        put.bundle().patches().forEach(patch -> bases.add(patch.baseBundleId()));
      }
    }
    Documents documents = reader.concerning(ids, bases);
    StoredBundles stored = reader.stored(documents);
    Map<BundleId, Bundle> written = new HashMap<>();
    ids.forEach(id -> stored.bundle(id).ifPresent(bundle -> written.put(id, bundle)));
    CommitPlan plan = CommitPlan.of(writes, written);
    plan.checkPatchBases(base -> stored.document(base).isPresent());
    CommitDraft draft = new CommitDraft(documents, stored, plan, next);
    draft.write();
    return draft;
  }

  @Override
  public List<DocumentWrite> writes() {
    return writes;
  }

  /**
   * The ids of all bundles that may read differently afterwards: those that are written, and those
   * with patches from bases that go, or that come and make patches valid which had none.
   */
  @Override
  public Set<BundleId> touched() {
    Set<BundleId> touched = new LinkedHashSet<>(plan.written());
    for (PatchDocument patch : patches()) {
      boolean changes =
          patch
              .baseBundleId()
              .filter(
                  base ->
                      plan.withoutPatches().contains(base)
                          || plan.written().contains(base) && stored.document(base).isEmpty())
              .isPresent();
      if (changes) {
        patch.bundleId().ifPresent(touched::add);
      }
    }
    return touched;
  }

  private List<PatchDocument> patches() {
    return documents.of(Table.PATCHES).stream().map(PatchDocument::new).toList();
  }

  private void write() {
    List<DocumentWrite> patchesOfOldBundles = new ArrayList<>();
    List<DocumentWrite> patchesOfNewBundles = new ArrayList<>();
    List<DocumentWrite> bundles = new ArrayList<>();
    for (Bundle bundle : plan.present()) {
      Optional<BundleDocument> existing = stored.document(bundle.id());
      bundles.add(existing.map(read -> update(read, bundle)).orElseGet(() -> insert(bundle)));
      writePatches(bundle, existing.isPresent() ? patchesOfOldBundles : patchesOfNewBundles);
    }
    deleteBundles();
    deletePatches();
    writes.addAll(patchesOfNewBundles);
    writes.addAll(bundles);
    writes.addAll(patchesOfOldBundles);
  }

  private void deleteBundles() {
    for (BsonDocument document : documents.tentative(Table.BUNDLES)) {
      writes.add(DocumentWrite.delete(Table.BUNDLES, document));
    }
    Set<BundleId> absent = plan.absent();
    for (BsonDocument document : documents.of(Table.BUNDLES)) {
      if (new BundleDocument(document).id().filter(absent::contains).isPresent()) {
        writes.add(DocumentWrite.delete(Table.BUNDLES, document));
      }
    }
  }

  /** Deletes those patches of written and deleted bundles that are not to stay. */
  private void deletePatches() {
    for (BsonDocument document : documents.tentative(Table.PATCHES)) {
      writes.add(DocumentWrite.delete(Table.PATCHES, document));
    }
    for (PatchDocument patch : patches()) {
      boolean ofWritten = patch.bundleId().filter(plan.written()::contains).isPresent();
      boolean fromDeleted =
          patch.baseBundleId().filter(plan.withoutPatches()::contains).isPresent();
      if ((ofWritten || fromDeleted) && !usedPatches.contains(key(patch.document()))) {
        writes.add(DocumentWrite.delete(Table.PATCHES, patch.document()));
      }
    }
  }

  private DocumentWrite update(BundleDocument existing, Bundle bundle) {
    return DocumentWrite.update(
        Table.BUNDLES,
        existing.document(),
        BundleDocument.fields(bundle).append(Fields.COMMIT, commit));
  }

  private DocumentWrite insert(Bundle bundle) {
    BsonDocument document =
        created().append(Fields.ID, new BsonString(stored.storedId(bundle.id())));
    document.putAll(BundleDocument.fields(bundle));
    return new DocumentWrite.Insert(Table.BUNDLES, document);
  }

  private BsonDocument created() {
    return new BsonDocument(Fields.KEY, new BsonObjectId()).append(Fields.COMMIT, commit);
  }

  private void writePatches(Bundle bundle, List<DocumentWrite> into) {
    for (int index = 0; index < bundle.patches().size(); index++) {
      BundlePatch patch = bundle.patches().get(index);
      Optional<PatchDocument> existing = reusable(bundle.id(), patch);
      if (existing.isEmpty()) {
        into.add(insert(bundle.id(), patch, index));
        continue;
      }
      BsonDocument document = existing.get().document();
      usedPatches.add(key(document));
      if (!existing.get().hasOrderIndex(index)) {
        into.add(
            DocumentWrite.update(
                Table.PATCHES,
                document,
                new BsonDocument(Fields.ORDER_INDEX, new BsonInt32(index))
                    .append(Fields.COMMIT, commit)));
      }
    }
  }

  /** The document that already holds this patch, with what other software has put there. */
  private Optional<PatchDocument> reusable(BundleId owner, BundlePatch patch) {
    return patches().stream()
        .filter(document -> document.bundleId().equals(Optional.of(owner)))
        .filter(document -> document.patch().equals(Optional.of(patch)))
        .findFirst();
  }

  private DocumentWrite insert(BundleId bundle, BundlePatch patch, int index) {
    BsonDocument document = created();
    document.putAll(
        PatchDocument.fields(
            patch, stored.storedId(bundle), stored.storedId(patch.baseBundleId()), index));
    return new DocumentWrite.Insert(Table.PATCHES, document);
  }

  private static BsonValue key(BsonDocument document) {
    return Values.get(document, Fields.KEY);
  }
}
