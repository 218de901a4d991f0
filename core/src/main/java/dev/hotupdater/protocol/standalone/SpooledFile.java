package dev.hotupdater.protocol.standalone;

import dev.hotupdater.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary file that only this user can read. It is created with its first byte; closing deletes
 * it.
 */
final class SpooledFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SpooledFile.class);

  private final Path directory;
  private Optional<Path> path = Optional.empty();
  private Optional<OutputStream> out = Optional.empty();
  private long size;

  SpooledFile(Path directory) {
    this.directory = directory;
  }

  void append(byte[] buffer, int count) {
    try {
      writer().write(buffer, 0, count);
    } catch (IOException e) {
      throw failed(e);
    }
    size += count;
  }

  private OutputStream writer() throws IOException {
    if (out.isEmpty()) {
      Path created = Files.createTempFile(directory, "hotupdater-upload-", ".tmp");
      path = Optional.of(created);
      out = Optional.of(Files.newOutputStream(created));
    }
    return out.get();
  }

  long size() {
    return size;
  }

  /** What was appended. Nothing can be appended any more. */
  InputStream open() {
    try {
      closeWriter();
      return path.isEmpty() ? InputStream.nullInputStream() : Files.newInputStream(path.get());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void closeWriter() throws IOException {
    if (out.isPresent()) {
      out.get().close();
    }
  }

  private StorageException failed(IOException cause) {
    return new StorageException(
        "An upload could not be kept in "
            + directory
            + ". Check its permissions and free space, or set another spool directory.",
        cause);
  }

  @Override
  public void close() {
    try {
      closeWriter();
    } catch (IOException e) {
      log.debug("The writer of {} could not be closed", path, e);
    }
    try {
      if (path.isPresent()) {
        Files.deleteIfExists(path.get());
      }
    } catch (IOException e) {
      log.warn("The temporary file {} could not be deleted", path, e);
    }
  }
}
