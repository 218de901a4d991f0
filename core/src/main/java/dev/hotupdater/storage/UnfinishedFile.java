package dev.hotupdater.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is being written, out of sight until it is complete. Closing it deletes it. */
final class UnfinishedFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final Logger log = LoggerFactory.getLogger(UnfinishedFile.class);

  /** In microseconds since 1970. */
  private static final AtomicLong lastStamp = new AtomicLong();

  private final Path path;

  UnfinishedFile(Path path) {
    this.path = path;
  }

  /**
   * Fills the file and brings it to the disk.
   *
   * @throws StorageException if the content has another size or cannot be read
   */
  void fill(InputStream content, long size) throws IOException {
    SizedContent sized = SizedContent.of(content, size);
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = sized.read(buffer); count >= 0; count = sized.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      channel.force(true);
    } catch (IOException e) {
      if (sized.problem().isPresent()) {
        throw sized.problem().get();
      }
      throw e;
    }
    Files.setLastModifiedTime(path, nextStamp());
  }

  /** Puts the file where it belongs, in one step, in place of what is there. */
  void moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * The time for a file: now, but no two files of this process get the same, so that size and time
   * tell one content of an object from the next.
   */
  private static FileTime nextStamp() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    long stamp = lastStamp.updateAndGet(last -> Math.max(last + 1, now));
    return FileTime.from(Instant.EPOCH.plus(stamp, ChronoUnit.MICROS));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("Could not delete the unfinished file {}", path, e);
    }
  }
}
