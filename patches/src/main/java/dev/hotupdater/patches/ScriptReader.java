package dev.hotupdater.patches;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.Manifest;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.hotupdater.AssetLocation;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.brotli.dec.BrotliInputStream;

/** Reads the script bundles of bundles, and checks them against what was published. */
final class ScriptReader {
  private final StorageAccess storage;
  private final RequestContext context;
  private final int maxFileSize;

  ScriptReader(StorageAccess storage, RequestContext context, int maxFileSize) {
    this.storage = storage;
    this.context = context;
    this.maxFileSize = maxFileSize;
  }

  /**
   * The script bundle.
   *
   * @throws SkippedException if there is none that can be used
   * @throws StorageUnavailableException if the storage cannot be reached now
   */
  Script read(Bundle bundle) {
    Manifest manifest = manifest(bundle);
    String path =
        manifest
            .scriptPath()
            .orElseThrow(
                () ->
                    new SkippedException(
                        SkipReason.NOT_ONE_SCRIPT,
                        "The manifest of " + bundle.id() + " has not exactly one .bundle file."));
    String hash = String.valueOf(manifest.fileHashes().get(path));
    AssetLocation location =
        bundle
            .assetBaseStorageUri()
            .flatMap(base -> AssetLocation.of(base, path, hash))
            .orElseThrow(
                () ->
                    new SkippedException(
                        SkipReason.FILE_MISSING,
                        bundle.id() + " does not say where its files are stored one by one."));
    byte[] stored = readStored(bundle, location.uri());
    byte[] content = location.brotli() ? decompress(bundle, stored) : stored;
    if (!hash.equalsIgnoreCase(Sha256.of(content))) {
      throw new SkippedException(
          SkipReason.BAD_FILE,
          "The script bundle of "
              + bundle.id()
              + " is not the one that its manifest lists. Publish it again.");
    }
    return new Script(path, hash, content, stored.length);
  }

  private Manifest manifest(Bundle bundle) {
    String text =
        bundle
            .manifestStorageUri()
            .flatMap(uri -> readManifest(bundle, uri))
            .orElseThrow(
                () ->
                    new SkippedException(
                        SkipReason.NO_MANIFEST,
                        bundle.id() + " has no manifest, so its files cannot be had one by one."));
    if (isOther(bundle, text)) {
      throw new SkippedException(
          SkipReason.BAD_MANIFEST,
          "The manifest of " + bundle.id() + " is not the one that was published with it.");
    }
    return Manifest.parse(text)
        .orElseThrow(
            () ->
                new SkippedException(
                    SkipReason.BAD_MANIFEST,
                    "What " + bundle.id() + " has as its manifest is none."));
  }

  /** A signature in place of the hash cannot be checked here: the key is in the app. */
  private static boolean isOther(Bundle bundle, String manifest) {
    return bundle
        .manifestFileHash()
        .filter(Sha256::isHash)
        .filter(
            hash -> !hash.equalsIgnoreCase(Sha256.of(manifest.getBytes(StandardCharsets.UTF_8))))
        .isPresent();
  }

  private Optional<String> readManifest(Bundle bundle, String uri) {
    try {
      return storage.readText(uri, context);
    } catch (StorageUnavailableException e) {
      throw e;
    } catch (StorageException e) {
      throw unreadable(SkipReason.BAD_MANIFEST, "The manifest", bundle, e);
    }
  }

  private byte[] readStored(Bundle bundle, String location) {
    try {
      StorageUri uri = Storages.parse(location);
      try (StoredObject object = storage.storages().forUri(uri).open(uri, limit(), context)) {
        return readAll(bundle, object.content());
      } catch (IOException e) {
        throw new StorageUnavailableException(uri + " could not be read to its end.", e);
      }
    } catch (StorageUnavailableException e) {
      throw e;
    } catch (ObjectNotFoundException e) {
      throw new SkippedException(
          SkipReason.FILE_MISSING,
          "The script bundle of " + bundle.id() + " is not stored at " + location + ".");
    } catch (StorageException e) {
      throw unreadable(SkipReason.BAD_FILE, "The script bundle", bundle, e);
    }
  }

  private static SkippedException unreadable(
      SkipReason reason, String what, Bundle bundle, StorageException cause) {
    return new SkippedException(
        reason, what + " of " + bundle.id() + " cannot be read: " + cause.getMessage());
  }

  private byte[] decompress(Bundle bundle, byte[] compressed) {
    try (InputStream content = new BrotliInputStream(new ByteArrayInputStream(compressed))) {
      return readAll(bundle, content);
    } catch (IOException e) {
      throw new SkippedException(
          SkipReason.BAD_FILE,
          "The script bundle of " + bundle.id() + " is not valid brotli. Publish it again.");
    }
  }

  private byte[] readAll(Bundle bundle, InputStream content) throws IOException {
    byte[] bytes = content.readNBytes(maxFileSize + 1);
    if (bytes.length > maxFileSize) {
      throw new SkippedException(
          SkipReason.TOO_LARGE,
          "The script bundle of "
              + bundle.id()
              + " has more than "
              + maxFileSize
              + " bytes. Raise maxFileSize, and the heap with it.");
    }
    return bytes;
  }

  private ByteRange limit() {
    return new ByteRange(0, maxFileSize + 1L);
  }
}
