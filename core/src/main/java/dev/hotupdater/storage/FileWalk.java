package dev.hotupdater.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The regular files below a folder, found one by one. What appears or disappears meanwhile may or
 * may not be among them. Not for use by several threads.
 */
final class FileWalk implements Iterator<FoundFile>, AutoCloseable {
  private record Level(String key, DirectoryStream<Path> stream, Iterator<Path> entries) {}

  private final Deque<Level> levels = new ArrayDeque<>();
  private final PrivateFolder privateFolder;
  private Optional<FoundFile> next = Optional.empty();

  private FileWalk(PrivateFolder privateFolder) {
    this.privateFolder = privateFolder;
  }

  /**
   * A walk.
   *
   * @param folder where it starts
   * @param key what the keys of the files start with: {@code ""}, or a folder and a slash
   * @param privateFolder left out
   */
  static FileWalk of(Path folder, String key, PrivateFolder privateFolder) {
    FileWalk walk = new FileWalk(privateFolder);
    walk.enter(folder, key);
    return walk;
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && !levels.isEmpty()) {
      try {
        next = step(levels.element());
      } catch (DirectoryIteratorException | IOException e) {
        throw failed(e);
      }
    }
    return next.isPresent();
  }

  @Override
  public FoundFile next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    FoundFile found = next.get();
    next = Optional.empty();
    return found;
  }

  private Optional<FoundFile> step(Level level) throws IOException {
    if (!level.entries().hasNext()) {
      levels.pop().stream().close();
      return Optional.empty();
    }
    Path entry = level.entries().next();
    String key = level.key() + entry.getFileName();
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isRegularFile()) {
        return Optional.of(
            new FoundFile(key, attributes.size(), attributes.lastModifiedTime().toInstant()));
      }
      boolean isTop = level.key().isEmpty();
      if (attributes.isDirectory() && !(isTop && privateFolder.is(entry))) {
        enter(entry, key + "/");
      }
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("StreamResourceLeak") // closed when it is at its end, or with the walk
  private void enter(Path folder, String key) {
    try {
      DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
      levels.push(new Level(key, stream, stream.iterator()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Deleted since it was found: then there is nothing in it.
      return;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static StorageException failed(Exception cause) {
    return new StorageException(
        "A folder of the storage could not be listed. Check its permissions.", cause);
  }

  @Override
  public void close() {
    try {
      while (!levels.isEmpty()) {
        levels.pop().stream().close();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
