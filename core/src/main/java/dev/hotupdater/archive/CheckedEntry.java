package dev.hotupdater.archive;

import java.nio.channels.FileChannel;
import java.util.zip.Inflater;

/**
 * An entry whose content is what its headers say.
 *
 * @param header what they say
 * @param start where in the file its packed content begins
 * @param sha256 of its content
 */
record CheckedEntry(EntryHeader header, long start, String sha256) {
  EntryName name() {
    return header.name();
  }

  /**
   * Its content once more; reading it fails if it is another by now.
   *
   * @param inflater unused so far, or reset
   */
  EntryContent open(FileChannel channel, Inflater inflater) {
    FileRun run = FileRun.between(channel, start, start + header.compressedSize());
    return EntryContent.again(header, run, inflater, sha256);
  }
}
