package dev.hotupdater.patches;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.WritableStorage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the files of bundles into a storage, as the command line does before it publishes. */
final class Publisher {
  /** A path that is stored as it is. */
  static final String PLAIN_SCRIPT = "main.ios.bundle";

  /** A path that is stored compressed with brotli. */
  static final String BROTLI_SCRIPT = "index.ios.bundle";

  private final WritableStorage storage;

  Publisher(WritableStorage storage) {
    this.storage = storage;
  }

  /** The id of the bundle with this number; a higher number is newer. */
  static BundleId id(int number) {
    return BundleId.of(String.format(Locale.ROOT, "0199a000-0000-7000-8000-%012d", number));
  }

  /** A bundle for iOS with a manifest, whose script is stored as it is. */
  Bundle.Builder plain(int number, byte[] script) {
    write("assets/sha256/" + hashPath(script) + ".bundle", script);
    return withManifest(
        number, Map.of(PLAIN_SCRIPT, Sha256.of(script), "logo.png", "1".repeat(64)));
  }

  /** A bundle for iOS with a manifest, whose script is stored compressed. */
  Bundle.Builder brotli(int number, byte[] script, byte[] compressed) {
    write("assets/sha256/" + hashPath(script) + ".br", compressed);
    return withManifest(number, Map.of(BROTLI_SCRIPT, Sha256.of(script)));
  }

  /** A bundle for iOS with a manifest of these files, which may be stored or not. */
  Bundle.Builder withManifest(int number, Map<String, String> fileHashes) {
    byte[] manifest = manifest(number, fileHashes).getBytes(StandardCharsets.UTF_8);
    String key = "bundles/" + id(number) + "/manifest.json";
    write(key, manifest);
    return withoutManifest(number)
        .manifestStorageUri(Optional.of("local://updates/" + key))
        .manifestFileHash(Optional.of(Sha256.of(manifest)))
        .assetBaseStorageUri(Optional.of("local://updates/assets"));
  }

  /** A bundle for iOS that can be had as an archive alone. */
  static Bundle.Builder withoutManifest(int number) {
    return Bundle.builder()
        .id(id(number))
        .platform(Platform.IOS)
        .fileHash("hash" + number)
        .storageUri("local://updates/bundles/" + id(number) + "/bundle.zip")
        .targetAppVersion(Optional.of("1.x"));
  }

  private static String manifest(int number, Map<String, String> fileHashes) {
    StringBuilder assets = new StringBuilder();
    new TreeMap<>(fileHashes)
        .forEach(
            (path, hash) ->
                assets
                    .append(assets.length() == 0 ? "" : ",")
                    .append("\"" + path + "\":{\"fileHash\":\"" + hash + "\"}"));
    return "{\"bundleId\":\"" + id(number) + "\",\"assets\":{" + assets + "}}";
  }

  private static String hashPath(byte[] content) {
    String hash = Sha256.of(content);
    return hash.substring(0, 2) + "/" + hash;
  }

  void write(String key, byte[] content) {
    storage.write(
        ObjectKey.of(key),
        new ByteArrayInputStream(content),
        content.length,
        "application/octet-stream",
        RequestContext.none());
  }
}
