package dev.hotupdater.archive;

import java.io.IOException;
import java.io.InputStream;

/** Takes the files of a web bundle, one after the other. */
@FunctionalInterface
public interface BundleFileVisitor {
  /**
   * Takes a file.
   *
   * @param file which one it is
   * @param content its content, valid during this call; need not be read, or not to its end.
   *     Reading it never gives more than the size of the file, nor the last byte of other content
   *     than was admitted: a {@link RejectedZipException} comes instead.
   * @throws IOException ends the visit
   */
  void visit(BundleFile file, InputStream content) throws IOException;
}
