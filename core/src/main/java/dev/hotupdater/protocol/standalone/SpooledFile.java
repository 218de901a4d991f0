package dev.hotupdater.protocol.standalone;

import dev.hotupdater.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary file that only this user can read. It is created with its first byte; closing deletes
 * it. Where the system can, it has no name any more from the moment it is open, so that nothing is
 * left of it if the process is killed.
 */
final class SpooledFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SpooledFile.class);

  private final Path directory;
  private Optional<FileChannel> file = Optional.empty();
  private long size;

  SpooledFile(Path directory) {
    this.directory = directory;
  }

  void append(byte[] buffer, int count) {
    try {
      FileChannel channel = channel();
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
    size += count;
  }

  private FileChannel channel() throws IOException {
    if (file.isEmpty()) {
      Path created = Files.createTempFile(directory, "hotupdater-upload-", ".tmp");
      file =
          Optional.of(
              FileChannel.open(
                  created,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DELETE_ON_CLOSE));
    }
    return file.get();
  }

  long size() {
    return size;
  }

  /** What was appended, from its start. Closing it closes the file. */
  InputStream open() {
    if (file.isEmpty()) {
      return InputStream.nullInputStream();
    }
    try {
      return Channels.newInputStream(file.get().position(0));
    } catch (IOException e) {
      throw failed(e);
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
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      log.warn("A temporary file in {} could not be closed", directory, e);
    }
  }
}
