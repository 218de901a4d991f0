package dev.hotupdater.publishing.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Compresses the files of web bundles with Brotli, once, when they are published. Safe for use by
 * many threads. The module {@code hotupdater-brotli} has one.
 */
@FunctionalInterface
public interface FileCompression {
  /**
   * Compresses a file.
   *
   * @param content the bytes, read to their end
   * @param size how many there are
   * @param out takes the Brotli stream; not closed
   */
  void compress(InputStream content, long size, OutputStream out) throws IOException;
}
