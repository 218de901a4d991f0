package dev.hotupdater.s3.database;

import dev.hotupdater.database.Revision;
import java.nio.charset.StandardCharsets;

/**
 * The content of an object with white space at its end that tells the writes of different commits
 * apart. An entity tag is mostly a digest: without this, content that returns to what it was would
 * have its former tag, and the condition of a writer who is late would hold again.
 */
final class WriteMark {
  private WriteMark() {}

  /** The JSON text as the commit with this revision writes it. */
  static byte[] mark(String json, Revision revision) {
    StringBuilder marked = new StringBuilder(json).append('\n');
    long bits = Long.parseUnsignedLong(TextDigest.of(revision.value()).substring(0, 16), 16);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      marked.append((bits >>> bit & 1) == 0 ? ' ' : '\t');
    }
    return marked.toString().getBytes(StandardCharsets.UTF_8);
  }
}
