package dev.hotupdater.publishing.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes until they are read again: few in memory, more in a file of its own, which goes with
 * it. Not thread-safe, but may go from one thread to another.
 */
final class Spool extends OutputStream {
  private static final int MAX_IN_MEMORY = 256 * 1024;

  private final Optional<Path> directory;
  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream fileOutput;
  private long size;

  private Spool(Optional<Path> directory) {
    this.directory = directory;
  }

  /**
   * An empty one.
   *
   * @param directory where its file is, if it needs one; the default for such files if absent
   */
  static Spool in(Optional<Path> directory) {
    return new Spool(directory);
  }

  /** One with these bytes, which are read to their end. */
  static Spool of(InputStream content, Optional<Path> directory) throws IOException {
    Spool spool = in(directory);
    try {
      content.transferTo(spool);
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (fileOutput == null && size + length > MAX_IN_MEMORY) {
      moveToFile();
    }
    if (fileOutput == null) {
      memory.write(bytes, offset, length);
    } else {
      fileOutput.write(bytes, offset, length);
    }
    size += length;
  }

  private void moveToFile() throws IOException {
    Path created =
        directory.isPresent()
            ? Files.createTempFile(directory.get(), "hotupdater-", ".spool")
            : Files.createTempFile("hotupdater-", ".spool");
    file = created;
    OutputStream output = Files.newOutputStream(created);
    fileOutput = output;
    memory.writeTo(output);
    memory = new ByteArrayOutputStream(0);
  }

  /** How many bytes there are. */
  long size() {
    return size;
  }

  /** All bytes from the first on. Nothing is written afterwards. */
  InputStream content() throws IOException {
    if (file == null || fileOutput == null) {
      return new ByteArrayInputStream(memory.toByteArray());
    }
    fileOutput.flush();
    return Files.newInputStream(file);
  }

  @Override
  public void close() throws IOException {
    memory = new ByteArrayOutputStream(0);
    try {
      if (fileOutput != null) {
        fileOutput.close();
      }
    } finally {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    }
  }
}
