package dev.hotupdater.protocol.hotupdater;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.Archive;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.AssetFile;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.AssetPatch;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.ChangedAsset;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.Changes;

/** The JSON form of an update answer. Never holds a storage URI or a rollout. */
final class UpdateInfoJson {
  private UpdateInfoJson() {}

  static ObjectNode write(UpdateInfo info) {
    ObjectNode json = object();
    json.put("id", info.id().toString());
    json.put("shouldForceUpdate", info.shouldForceUpdate());
    json.put("message", info.message().orElse(null));
    json.put("status", info.status().name());
    json.put("fileHash", info.archive().map(Archive::fileHash).orElse(null));
    json.put("fileUrl", info.archive().map(Archive::fileUrl).orElse(null));
    info.changes().ifPresent(changes -> writeChanges(changes, json));
    return json;
  }

  private static void writeChanges(Changes changes, ObjectNode json) {
    json.put("manifestUrl", changes.manifestUrl());
    json.put("manifestFileHash", changes.manifestFileHash());
    ObjectNode assets = json.putObject("changedAssets");
    changes.assets().forEach((path, asset) -> assets.set(path, writeAsset(asset)));
  }

  private static ObjectNode writeAsset(ChangedAsset asset) {
    ObjectNode json = object().put("fileHash", asset.fileHash());
    asset.file().ifPresent(file -> json.set("file", writeFile(file)));
    asset.patch().ifPresent(patch -> json.set("patch", writePatch(patch)));
    return json;
  }

  private static ObjectNode writeFile(AssetFile file) {
    ObjectNode json = object().put("url", file.url());
    return file.brotli() ? json.put("compression", "br") : json;
  }

  private static ObjectNode writePatch(AssetPatch patch) {
    return object()
        .put("algorithm", "bsdiff")
        .put("baseBundleId", patch.baseBundleId().toString())
        .put("baseFileHash", patch.baseFileHash())
        .put("patchFileHash", patch.patchFileHash())
        .put("patchUrl", patch.patchUrl());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
