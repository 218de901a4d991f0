package dev.hotupdater.archive;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;

/** A run of bytes of a file, read once from its beginning to its end. Not thread-safe. */
final class FileRun {
  /** More than the longest field of a zip, which has 16 bits for its length. */
  private static final int BUFFER_BYTES = 128 * 1024;

  private final FileChannel channel;
  private final long end;
  private final Consumer<ByteBuffer> passing;
  private final ByteBuffer buffer;
  private long nextRead;

  private FileRun(FileChannel channel, long start, long end, Consumer<ByteBuffer> passing) {
    this.channel = channel;
    this.end = end;
    this.passing = passing;
    this.buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, end - start)).flip();
    this.nextRead = start;
  }

  /** The bytes from {@code start} on and before {@code end}. */
  static FileRun between(FileChannel channel, long start, long end) {
    return new FileRun(channel, start, end, bytes -> {});
  }

  /** The first {@code size} bytes, all of which are added to the checksums. */
  static FileRun summed(FileChannel channel, long size, Checksums checksums) {
    return new FileRun(channel, 0, size, checksums::update);
  }

  /** Where in the file the next byte is. */
  long position() {
    return nextRead - buffer.remaining();
  }

  long remaining() {
    return end - position();
  }

  /**
   * The next bytes, in little-endian order from index 0 on. The buffer is valid until the next
   * call.
   *
   * @param count at most 128 KiB, and no more than remain
   */
  ByteBuffer next(int count) throws IOException {
    while (buffer.remaining() < count) {
      fill();
    }
    return taken(count);
  }

  /** At least one and at most so many of the next bytes, if any remain; as of {@link #next}. */
  ByteBuffer nextUpTo(long count) throws IOException {
    if (!buffer.hasRemaining() && remaining() > 0) {
      fill();
    }
    return taken((int) Math.min(count, buffer.remaining()));
  }

  /** Reads what remains. */
  void drain() throws IOException {
    while (remaining() > 0) {
      nextUpTo(remaining());
    }
  }

  private ByteBuffer taken(int count) {
    ByteBuffer taken = buffer.slice(buffer.position(), count).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(buffer.position() + count);
    return taken;
  }

  private void fill() throws IOException {
    buffer.compact();
    int start = buffer.position();
    buffer.limit((int) Math.min(buffer.capacity(), start + (end - nextRead)));
    int count = channel.read(buffer, nextRead);
    if (count <= 0) {
      throw new EOFException("The file has become shorter while it was read");
    }
    nextRead += count;
    buffer.flip();
    passing.accept(buffer.slice(start, count));
  }
}
