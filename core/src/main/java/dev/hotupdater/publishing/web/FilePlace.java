package dev.hotupdater.publishing.web;

import dev.hotupdater.liveupdate.FileManifest;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the bytes of a file are.
 *
 * @param uri as they are
 * @param brotli compressed; absent if that is not worth it
 */
record FilePlace(String uri, Optional<FileManifest.Packed> brotli) {
  static FilePlace of(FileManifest.Entry entry) {
    return new FilePlace(entry.uri(), entry.brotli());
  }

  /** All that is stored of it. */
  Stream<String> uris() {
    return Stream.concat(Stream.of(uri), brotli.map(FileManifest.Packed::uri).stream());
  }
}
