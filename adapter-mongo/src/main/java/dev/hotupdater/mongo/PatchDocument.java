package dev.hotupdater.mongo;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import java.util.Comparator;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * A document of the collection of patches: a patch and the bundle that carries it.
 *
 * @param document what is stored
 */
record PatchDocument(BsonDocument document) {
  /** Precedence; the second field breaks ties as the Node server does. */
  static final Comparator<PatchDocument> ORDER =
      Comparator.comparingDouble(PatchDocument::orderIndex)
          .thenComparing(patch -> Values.text(patch.document(), Fields.BASE_BUNDLE_ID).orElse(""));

  /** The bundle that carries the patch; absent if it is none. */
  Optional<BundleId> bundleId() {
    return id(Fields.BUNDLE_ID);
  }

  /** The bundle that the patch starts from; absent if it is none. */
  Optional<BundleId> baseBundleId() {
    return id(Fields.BASE_BUNDLE_ID);
  }

  private Optional<BundleId> id(String field) {
    return Values.text(document, field).flatMap(BundleId::parse);
  }

  private double orderIndex() {
    double index = Values.number(Values.get(document, Fields.ORDER_INDEX));
    return Double.isNaN(index) ? 0 : index;
  }

  boolean hasOrderIndex(int index) {
    return Double.compare(orderIndex(), index) == 0;
  }

  /** The patch; absent if the document makes no sense as one. */
  Optional<BundlePatch> patch() {
    Optional<BundleId> base = baseBundleId();
    Optional<String> baseFileHash = Values.text(document, "base_file_hash");
    Optional<String> patchFileHash = Values.text(document, "patch_file_hash");
    Optional<String> patchStorageUri = Values.text(document, "patch_storage_uri");
    if (base.isEmpty()
        || baseFileHash.isEmpty()
        || patchFileHash.isEmpty()
        || patchStorageUri.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new BundlePatch(
            base.get(), baseFileHash.get(), patchFileHash.get(), patchStorageUri.get()));
  }

  /**
   * All fields of a patch.
   *
   * @param owner the id of the bundle that carries it, as it stands there
   * @param base the id of the bundle that it starts from, as it stands there
   */
  static BsonDocument fields(BundlePatch patch, String owner, String base, int orderIndex) {
    return new BsonDocument()
        .append(Fields.ID, new BsonString(owner + ":" + base))
        .append(Fields.BUNDLE_ID, new BsonString(owner))
        .append(Fields.BASE_BUNDLE_ID, new BsonString(base))
        .append("base_file_hash", new BsonString(patch.baseFileHash()))
        .append("patch_file_hash", new BsonString(patch.patchFileHash()))
        .append("patch_storage_uri", new BsonString(patch.patchStorageUri()))
        .append(Fields.ORDER_INDEX, new BsonInt32(orderIndex));
  }
}
