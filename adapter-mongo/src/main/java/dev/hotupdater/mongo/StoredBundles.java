package dev.hotupdater.mongo;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;

/** The bundles that documents come to, each with its patches. Immutable. */
final class StoredBundles {
  private final Map<BundleId, BundleDocument> documents;
  private final Map<BundleId, Bundle> bundles;

  private final int unreadable;

  private StoredBundles(
      Map<BundleId, BundleDocument> documents, Map<BundleId, Bundle> bundles, int unreadable) {
    this.documents = documents;
    this.bundles = bundles;
    this.unreadable = unreadable;
  }

  /**
   * Puts bundles together. A patch whose base has gone counts as gone too: there are no foreign
   * keys that see to that.
   *
   * @param unreadable is told of documents that make no sense
   */
  static StoredBundles of(Documents read, UnreadableDocuments unreadable) {
    Map<BundleId, BundleDocument> documents = byId(read, unreadable);
    Map<BundleId, List<BundlePatch>> patches = patches(read, documents);
    Map<BundleId, Bundle> bundles = new LinkedHashMap<>();
    documents.forEach(
        (id, document) ->
            document
                .bundle()
                .ifPresentOrElse(
                    bundle ->
                        bundles.put(
                            id,
                            bundle.toBuilder()
                                .patches(patches.getOrDefault(id, List.of()))
                                .build()),
                    () ->
                        unreadable.skipped(
                            Table.BUNDLES,
                            document.storedId(),
                            "platform is not ios or android, or a value is missing")));
    return new StoredBundles(documents, bundles, read.of(Table.BUNDLES).size() - bundles.size());
  }

  private static Map<BundleId, BundleDocument> byId(
      Documents read, UnreadableDocuments unreadable) {
    Map<BundleId, BundleDocument> byId = new LinkedHashMap<>();
    for (BsonDocument stored : read.of(Table.BUNDLES)) {
      BundleDocument document = new BundleDocument(stored);
      if (document.id().isEmpty()) {
        unreadable.skipped(Table.BUNDLES, document.storedId(), "the id is not a UUID");
      } else if (byId.putIfAbsent(document.id().get(), document) != null) {
        unreadable.skipped(
            Table.BUNDLES, document.storedId(), "there is another document with this id");
      }
    }
    return byId;
  }

  private static Map<BundleId, List<BundlePatch>> patches(
      Documents read, Map<BundleId, BundleDocument> existing) {
    Map<BundleId, Map<BundleId, BundlePatch>> byOwner = new HashMap<>();
    read.of(Table.PATCHES).stream()
        .map(PatchDocument::new)
        .sorted(PatchDocument.ORDER)
        .forEach(
            document ->
                document
                    .patch()
                    .filter(patch -> existing.containsKey(patch.baseBundleId()))
                    .ifPresent(
                        patch ->
                            document
                                .bundleId()
                                .ifPresent(
                                    owner ->
                                        byOwner
                                            .computeIfAbsent(owner, id -> new LinkedHashMap<>())
                                            .putIfAbsent(patch.baseBundleId(), patch))));
    Map<BundleId, List<BundlePatch>> patches = new HashMap<>();
    byOwner.forEach((owner, byBase) -> patches.put(owner, new ArrayList<>(byBase.values())));
    return patches;
  }

  Collection<Bundle> bundles() {
    return bundles.values();
  }

  /** How many documents make no sense as bundles. */
  int unreadable() {
    return unreadable;
  }

  Optional<Bundle> bundle(BundleId id) {
    return Optional.ofNullable(bundles.get(id));
  }

  /** The document with this id, which may make no sense as a bundle. */
  Optional<BundleDocument> document(BundleId id) {
    return Optional.ofNullable(documents.get(id));
  }

  /** The id as it stands in its document, if there is one. */
  String storedId(BundleId id) {
    return document(id).map(BundleDocument::storedId).orElseGet(id::toString);
  }
}
