package dev.hotupdater.protocol.capacitor;

import dev.hotupdater.liveupdate.FileManifest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file of a bundle as clients are told of it. Immutable.
 *
 * <p>Source: Capacitor protocols, section A6.
 *
 * @param name its path, with {@code .br} at the end if its bytes are compressed
 * @param sha256 the SHA-256 of its bytes, not compressed
 * @param uri where the bytes are that a client loads
 * @param size how many those are
 */
record DeltaFile(String name, String sha256, String uri, long size) {
  private static final String COMPRESSED = ".br";

  /**
   * All files of a bundle; none if a client could not install them one by one: one of them that
   * cannot be told of fails the whole update.
   */
  static List<DeltaFile> allOf(FileManifest manifest) {
    Set<String> paths = new HashSet<>();
    boolean isUsable =
        manifest.files().stream()
            .allMatch(file -> isExpressible(file.path()) && paths.add(file.path()));
    return isUsable ? manifest.files().stream().map(DeltaFile::of).toList() : List.of();
  }

  /** A file that is called so itself would lose the end of its name. */
  private static boolean isExpressible(String path) {
    return !path.isEmpty()
        && !path.startsWith("/")
        && !path.endsWith(COMPRESSED)
        && path.indexOf('\\') < 0
        && !List.of(path.split("/", -1)).contains("..");
  }

  private static DeltaFile of(FileManifest.Entry file) {
    return file.brotli()
        .map(
            packed ->
                new DeltaFile(file.path() + COMPRESSED, file.sha256(), packed.uri(), packed.size()))
        .orElseGet(() -> new DeltaFile(file.path(), file.sha256(), file.uri(), file.size()));
  }
}
