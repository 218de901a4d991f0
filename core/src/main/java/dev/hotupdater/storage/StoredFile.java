package dev.hotupdater.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An open file of a {@link FileStorage}. Its size, its time and its bytes belong together, also if
 * the object is replaced meanwhile. Not for use by several threads. Whoever opened it closes it.
 */
public final class StoredFile implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 20;

  private final FileChannel channel;
  private final long size;
  private final Instant lastModified;

  private StoredFile(FileChannel channel, BasicFileAttributes attributes) {
    this.channel = channel;
    this.size = attributes.size();
    this.lastModified = attributes.lastModifiedTime().toInstant();
  }

  /**
   * Opens a file; empty if there is something else, such as a folder or a pipe.
   *
   * @param path without symbolic links
   */
  static Optional<StoredFile> open(Path path) throws IOException {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      BasicFileAttributes before = attributes(path);
      if (!before.isRegularFile()) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      boolean kept = false;
      try {
        // What was opened is what the attributes tell of only if they did not change in between.
        kept = isSame(before, attributes(path)) && channel.size() == before.size();
        if (kept) {
          return Optional.of(new StoredFile(channel, before));
        }
      } finally {
        if (!kept) {
          channel.close();
        }
      }
    }
    throw new IOException("The file is being replaced again and again");
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isSame(BasicFileAttributes one, BasicFileAttributes other) {
    return one.size() == other.size()
        && one.lastModifiedTime().equals(other.lastModifiedTime())
        && Objects.equals(one.fileKey(), other.fileKey());
  }

  /** The size in bytes. */
  public long size() {
    return size;
  }

  /** When the file was written, as precisely as the file system tells. */
  public Instant lastModified() {
    return lastModified;
  }

  /** The bytes of a range, as far as the file has them. Closing the stream closes the file. */
  public InputStream content(ByteRange range) {
    long start = Math.min(range.start(), size);
    return new FileRangeStream(channel, start, Math.min(range.length(), size - start));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
