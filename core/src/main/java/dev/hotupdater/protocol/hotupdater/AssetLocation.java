package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageUri;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a single file of a bundle is stored. Source: Hot Updater protocol, "Bundle diffing
 * (manifest)".
 *
 * @param uri the stored object
 * @param brotli whether it is compressed with brotli
 */
public record AssetLocation(String uri, boolean brotli) {
  private static final Pattern SCRIPT =
      Pattern.compile("(?:^|.*/)index\\.[^/]+\\.bundle", Pattern.DOTALL);
  private static final String BROTLI_SUFFIX = ".br";
  private static final int HASH_FOLDER_LENGTH = 2;

  /**
   * The location of a file.
   *
   * @param baseUri the base URI of the bundle's files, as it was published
   * @param path the file's path in the bundle, from the manifest
   * @param fileHash the file's hash, from the manifest
   * @return empty if the base is no storage URI, or the path would lead out of it
   */
  public static Optional<AssetLocation> of(String baseUri, String path, String fileHash) {
    String normalPath = path.replace('\\', '/');
    boolean brotli = SCRIPT.matcher(normalPath).matches();
    String downloadPath = brotli ? normalPath + BROTLI_SUFFIX : normalPath;
    int pathEnd = endOfPath(baseUri);
    String base = stripTrailingSlashes(baseUri.substring(0, pathEnd));
    String key =
        isContentAddressed(base) ? contentAddressedPath(downloadPath, fileHash) : downloadPath;
    String relative =
        Arrays.stream(key.split("/")).filter(s -> !s.isEmpty()).collect(Collectors.joining("/"));
    if (ObjectKey.parse(relative).isEmpty() || StorageUri.parse(base).isEmpty()) {
      return Optional.empty();
    }
    String uri = base + "/" + StorageUri.encodePath(relative) + baseUri.substring(pathEnd);
    return Optional.of(new AssetLocation(uri, brotli));
  }

  /** Where a query or fragment starts, which an http(s) base may have and every file then has. */
  private static int endOfPath(String uri) {
    int end = 0;
    while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
      end++;
    }
    return end;
  }

  private static boolean isContentAddressed(String base) {
    return base.endsWith("/assets");
  }

  private static String contentAddressedPath(String downloadPath, String fileHash) {
    String folder = fileHash.substring(0, Math.min(HASH_FOLDER_LENGTH, fileHash.length()));
    return "sha256/" + folder + "/" + fileHash + extension(downloadPath);
  }

  private static String extension(String downloadPath) {
    int dot = downloadPath.lastIndexOf('.');
    return dot < 0 ? "" : downloadPath.substring(dot);
  }

  private static String stripTrailingSlashes(String uri) {
    int end = uri.length();
    while (end > 0 && uri.charAt(end - 1) == '/') {
      end--;
    }
    return uri.substring(0, end);
  }
}
