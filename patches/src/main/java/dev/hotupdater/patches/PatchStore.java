package dev.hotupdater.patches;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.storage.ContentTypes;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.WritableStorage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stores patches beside the files of their target, and records them with it. */
final class PatchStore {
  private static final String SUFFIX = ".bsdiff";

  private final Backend backend;
  private final RequestContext context;

  PatchStore(Backend backend, RequestContext context) {
    this.backend = backend;
    this.context = context;
  }

  /**
   * Stores a patch and records it.
   *
   * @param target the bundle that the patch makes, as it was read before the patch was made
   * @throws SkippedException if the target is another by now, or cannot have the patch
   */
  BundlePatch save(Bundle target, Bundle base, Script baseScript, byte[] content) {
    ObjectKey key = key(target, base, baseScript.path());
    // The key is that of a patch which another server may have recorded, for what is there now.
    requireUnchanged(target);
    requireUnchanged(base);
    StorageUri uri =
        storageFor(target)
            .write(
                key,
                new ByteArrayInputStream(content),
                content.length,
                ContentTypes.forFileName(key.toString()),
                context);
    BundlePatch patch =
        new BundlePatch(base.id(), baseScript.hash(), Sha256.of(content), uri.toString());
    record(target, patch);
    return patch;
  }

  /**
   * The storage that the target's files are in.
   *
   * @throws SkippedException if none of this server's can be written to
   */
  WritableStorage storageFor(Bundle target) {
    return Stream.of(target.assetBaseStorageUri(), Optional.of(target.storageUri()))
        .flatMap(Optional::stream)
        .map(StorageUri::parse)
        .flatMap(Optional::stream)
        .map(backend.storage().storages()::findFor)
        .flatMap(Optional::stream)
        .filter(WritableStorage.class::isInstance)
        .map(WritableStorage.class::cast)
        .findFirst()
        .orElseThrow(
            () ->
                new SkippedException(
                    SkipReason.NO_WRITABLE_STORAGE,
                    "The files of "
                        + target.id()
                        + " are in no storage of this server that can be written to. Add it."));
  }

  private static ObjectKey key(Bundle target, Bundle base, String path) {
    String asset =
        Arrays.stream(path.replace('\\', '/').split("/"))
            .filter(segment -> !segment.isEmpty())
            .collect(Collectors.joining("/"));
    return ObjectKey.parse(
            "bundles/" + target.id() + "/patches/" + base.id() + "/" + asset + SUFFIX)
        .orElseThrow(
            () ->
                new SkippedException(
                    SkipReason.BAD_FILE,
                    "The path of the script bundle is too long for a patch beside it."));
  }

  private void record(Bundle target, BundlePatch patch) {
    BundleChange change =
        BundleChange.of(bundle -> bundle.patches(with(bundle.build().patches(), patch)))
            .guardedBy((before, after) -> requireSameFiles(target, before));
    try {
      if (backend.bundles(context).change(target.id(), change).isEmpty()) {
        throw changed(target.id());
      }
    } catch (InvalidBundleException e) {
      // The base is gone: no bundle may have a patch from one that does not exist.
      throw new SkippedException(
          SkipReason.CHANGED_MEANWHILE,
          "The patch of " + target.id() + " cannot be recorded: " + e.getMessage());
    }
  }

  /** The patches of a bundle with one more, which takes the place of another from the same base. */
  private static List<BundlePatch> with(List<BundlePatch> patches, BundlePatch added) {
    List<BundlePatch> all = new ArrayList<>(patches);
    all.removeIf(patch -> patch.baseBundleId().equals(added.baseBundleId()));
    all.add(added);
    all.sort(Comparator.comparing(BundlePatch::baseBundleId).reversed());
    return all;
  }

  private void requireUnchanged(Bundle read) {
    requireSameFiles(
        read, backend.bundles(context).find(read.id()).orElseThrow(() -> changed(read.id())));
  }

  private static void requireSameFiles(Bundle target, Bundle now) {
    if (!target.manifestStorageUri().equals(now.manifestStorageUri())
        || !target.manifestFileHash().equals(now.manifestFileHash())
        || !target.assetBaseStorageUri().equals(now.assetBaseStorageUri())) {
      throw changed(target.id());
    }
  }

  private static SkippedException changed(BundleId id) {
    return new SkippedException(
        SkipReason.CHANGED_MEANWHILE,
        id + " was published anew or deleted while its patch was made. Make it again.");
  }
}
