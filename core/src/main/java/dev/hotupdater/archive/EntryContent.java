package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The unpacked content of an entry. Reading it fails as soon as it is more, and at its last byte if
 * it is less or other, than the header says: never is more unpacked than was announced, but for a
 * buffer. Not thread-safe.
 */
final class EntryContent extends InputStream {
  private final EntryHeader entry;
  private final FileRun run;
  private final Inflater inflater;
  private final Optional<String> expectedSha256;
  private final Checksums checksums = new Checksums();
  private long packedLeft;
  private long unpacked;
  private String sha256 = "";
  private boolean isAtEnd;
  private boolean isClosed;

  private EntryContent(
      EntryHeader entry, FileRun run, Inflater inflater, Optional<String> expectedSha256) {
    this.entry = entry;
    this.run = run;
    this.inflater = inflater;
    this.expectedSha256 = expectedSha256;
    this.packedLeft = entry.compressedSize();
  }

  /**
   * The content that follows in a run, read for the first time.
   *
   * @param inflater unused so far, or reset
   */
  static EntryContent first(EntryHeader entry, FileRun run, Inflater inflater) {
    return new EntryContent(entry, run, inflater, Optional.empty());
  }

  /**
   * The content that follows in a run, read once more: fails at its end if it is another.
   *
   * @param inflater unused so far, or reset
   * @param sha256 of what was read the first time
   */
  static EntryContent again(EntryHeader entry, FileRun run, Inflater inflater, String sha256) {
    return new EntryContent(entry, run, inflater, Optional.of(sha256));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (isClosed) {
      throw new IOException("The content was closed");
    }
    if (length == 0) {
      return 0;
    }
    if (isAtEnd) {
      return -1;
    }
    int count = unpack(ByteBuffer.wrap(target, offset, length));
    if (count > 0) {
      unpacked += count;
      checksums.update(ByteBuffer.wrap(target, offset, count));
    }
    if (count < 0 || unpacked >= entry.size()) {
      // With the last byte, not behind it: whoever knows the size reads no further.
      requireNotMore();
      requireWhole();
      isAtEnd = true;
    }
    return count;
  }

  private int unpack(ByteBuffer target) throws IOException {
    return entry.compression() == Compression.STORED ? copy(target) : inflate(target);
  }

  private int copy(ByteBuffer target) throws IOException {
    if (packedLeft == 0) {
      return -1;
    }
    ByteBuffer bytes = run.nextUpTo(Math.min(packedLeft, target.remaining()));
    int count = bytes.remaining();
    packedLeft -= count;
    target.put(bytes);
    return count;
  }

  private int inflate(ByteBuffer target) throws IOException {
    try {
      int count = inflater.inflate(target);
      while (count == 0 && !inflater.finished()) {
        if (packedLeft == 0 || inflater.needsDictionary()) {
          throw corrupt("ends before its content does");
        }
        ByteBuffer bytes = run.nextUpTo(packedLeft);
        packedLeft -= bytes.remaining();
        inflater.setInput(bytes);
        count = inflater.inflate(target);
      }
      return count == 0 ? -1 : count;
    } catch (DataFormatException e) {
      throw corrupt("has damaged content, which cannot be unpacked");
    }
  }

  private void requireNotMore() throws IOException {
    if (unpacked > entry.size() || unpack(ByteBuffer.allocate(1)) > 0) {
      throw corrupt("unpacks to more than the " + entry.size() + " bytes that it announces");
    }
  }

  private void requireWhole() {
    if (unpacked < entry.size()) {
      throw corrupt("unpacks to less than the " + entry.size() + " bytes that it announces");
    }
    if (packedLeft > 0 || inflater.getRemaining() > 0) {
      throw corrupt("has bytes behind the end of its packed content");
    }
    if (checksums.crc32() != entry.crc32()) {
      throw corrupt("has content that does not match its CRC-32");
    }
    sha256 = checksums.sha256();
    if (expectedSha256.isPresent() && !expectedSha256.get().equals(sha256)) {
      throw corrupt("has changed since the zip was admitted");
    }
  }

  private RejectedZipException corrupt(String what) {
    return RejectedZipException.ofEntry(Reason.CORRUPT_CONTENT, entry.name().text(), what);
  }

  /** Reads the rest, a part of which is then in the buffer; the SHA-256 of all. */
  String drain(byte[] buffer) throws IOException {
    while (!isAtEnd) {
      read(buffer, 0, buffer.length);
    }
    return sha256;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
