package dev.hotupdater.protocol;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary file that only this user can read, in which an upload waits until all of it is there.
 * Closing it deletes it. Not thread-safe.
 */
public final class SpooledFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SpooledFile.class);
  private static final Set<OpenOption> NAMED =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final Set<OpenOption> NAMELESS =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);

  private final Path directory;
  private final Set<OpenOption> options;
  private @Nullable Created file;
  private long size;

  private record Created(Path path, FileChannel channel) {}

  private SpooledFile(Path directory, Set<OpenOption> options) {
    this.directory = requireNonNull(directory, "directory");
    this.options = options;
  }

  /**
   * A file that is read through {@link #open} alone. Where the system can, it has no name any more
   * from the moment it is open, so that nothing is left of it if the process is killed.
   */
  public static SpooledFile nameless(Path directory) {
    return new SpooledFile(directory, NAMELESS);
  }

  /** A file for those who need its {@link #path}. It stays if the process is killed. */
  public static SpooledFile named(Path directory) {
    return new SpooledFile(directory, NAMED);
  }

  /**
   * Adds bytes at the end; the first ones create the file.
   *
   * @throws StorageException if the directory does not take them
   */
  void append(byte[] buffer, int count) {
    try {
      FileChannel channel = created().channel();
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
    size += count;
  }

  private Created created() throws IOException {
    Created known = file;
    if (known == null) {
      Path path = Files.createTempFile(directory, "hotupdater-upload-", ".tmp");
      known = new Created(path, opened(path));
      file = known;
    }
    return known;
  }

  private FileChannel opened(Path path) throws IOException {
    try {
      return FileChannel.open(path, options);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** How many bytes it has. */
  public long size() {
    return size;
  }

  /**
   * Its bytes, from the first one. Closing the stream closes the file.
   *
   * @throws StorageException if it cannot be read
   */
  public InputStream open() {
    Optional<Created> known = Optional.ofNullable(file);
    if (known.isEmpty()) {
      return InputStream.nullInputStream();
    }
    try {
      return Channels.newInputStream(known.get().channel().position(0));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Where it is, until it is closed.
   *
   * @throws IllegalStateException if it has no name
   * @throws StorageException if it is empty and cannot be created
   */
  public Path path() {
    if (!isNamed()) {
      throw new IllegalStateException("The file has no name. Spool it as a named one.");
    }
    try {
      return created().path();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private boolean isNamed() {
    return options.equals(NAMED);
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
    Created known = file;
    if (known == null) {
      return;
    }
    try (FileChannel channel = known.channel()) {
      if (isNamed()) {
        Files.deleteIfExists(known.path());
      }
    } catch (IOException e) {
      log.warn("A temporary file in {} could not be deleted", directory, e);
    }
  }
}
