package dev.hotupdater.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files of a storage: everything below its directory but the {@link PrivateFolder}. A symbolic
 * link below the directory is followed as long as it stays there.
 */
final class FileTree {
  private static final int MAX_ATTEMPTS = 100;

  private final Path directory;
  private final PrivateFolder privateFolder;

  FileTree(Path directory, PrivateFolder privateFolder) {
    this.directory = directory;
    this.privateFolder = privateFolder;
  }

  /**
   * What a key leads to, as a path without symbolic links; empty if there is nothing.
   *
   * @throws StorageException if it leads out of the directory
   */
  Optional<Path> find(String key) throws IOException {
    Optional<Path> relative = ObjectPath.of(key);
    if (relative.isEmpty()) {
      return Optional.empty();
    }
    Path path = directory.resolve(relative.get());
    try {
      Path root = directory.toRealPath();
      Path real = path.toRealPath();
      checkInside(root, real, relative.get());
      return isPrivate(root, real) ? Optional.empty() : Optional.of(real);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (leadsThroughFile(path)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether there is a file of this key. */
  boolean contains(String key) throws IOException {
    Optional<Path> found = find(key);
    return found.isPresent() && Files.isRegularFile(found.get(), LinkOption.NOFOLLOW_LINKS);
  }

  private boolean leadsThroughFile(Path path) {
    for (Path folder = path.getParent();
        folder != null && !directory.startsWith(folder);
        folder = folder.getParent()) {
      if (Files.exists(folder)) {
        return !Files.isDirectory(folder);
      }
    }
    return false;
  }

  /**
   * Writes a file, replacing what was there in one step.
   *
   * @throws StorageException if the content has another size, or the key cannot be used
   */
  void write(ObjectKey key, InputStream content, long size) throws IOException {
    Path relative = ObjectPath.require(key.toString());
    try (UnfinishedFile file = privateFolder.unfinishedFile()) {
      file.fill(content, size);
      for (int attempt = 1; !moveTo(relative, file); attempt++) {
        if (attempt == MAX_ATTEMPTS) {
          throw new NoSuchFileException(
              relative.toString(), null, "Its folder disappears again and again");
        }
      }
    }
  }

  /** Whether it worked: false if a delete has just removed the folder, which had become empty. */
  private boolean moveTo(Path relative, UnfinishedFile file) throws IOException {
    try {
      Path target = createFolders(relative).resolve(relative.getFileName());
      if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS) && !deleteIfEmpty(target)) {
        throw new UnusableKeyException(
            "There are objects below " + relative + ", so it cannot be an object itself.");
      }
      file.moveTo(target);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private Path createFolders(Path relative) throws IOException {
    Path root = directory.toRealPath();
    Path folder = root;
    for (int i = 0; i < relative.getNameCount() - 1; i++) {
      Path next = folder.resolve(relative.getName(i));
      createIfMissing(next);
      folder = next.toRealPath();
      checkInside(root, folder, relative);
      // Unlike isDirectory, this tells a folder that has just been deleted from a file.
      boolean isFolder = Files.readAttributes(folder, BasicFileAttributes.class).isDirectory();
      if (!isFolder || isPrivate(root, folder)) {
        throw new UnusableKeyException(
            relative.subpath(0, i + 1) + " is no folder, so there can be no objects below it.");
      }
    }
    return folder;
  }

  private static void createIfMissing(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      // Made by another thread just now, or no folder: whoever goes there looks at what it is.
      return;
    }
  }

  /** Deletes a file, and the folders that have become empty by it. */
  void delete(String key) throws IOException {
    Optional<Path> found = find(key);
    if (found.isEmpty() || !Files.isRegularFile(found.get(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path relative = ObjectPath.require(key);
    Path root = directory.toRealPath();
    Path path = root.resolve(relative);
    Files.deleteIfExists(path);
    // Folders behind a link are not the key's own.
    if (found.get().equals(path)) {
      deleteEmptyFolders(root, path);
    }
  }

  private static void deleteEmptyFolders(Path root, Path deleted) {
    for (Path folder = deleted.getParent();
        folder != null && !folder.equals(root);
        folder = folder.getParent()) {
      if (!deleteIfEmpty(folder)) {
        return;
      }
    }
  }

  private static boolean deleteIfEmpty(Path folder) {
    try {
      Files.delete(folder);
      return true;
    } catch (IOException e) {
      // Not empty, or deleted by another thread, which goes on from there.
      return false;
    }
  }

  /**
   * The files whose key starts with a text. Symbolic links are left out.
   *
   * @return a stream to close; it throws {@link StorageException} if a folder cannot be read
   */
  Stream<FoundFile> list(String prefix) throws IOException {
    String folderKey = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    Optional<Path> folder =
        folderKey.isEmpty() ? root() : find(folderKey.substring(0, folderKey.length() - 1));
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return Stream.empty();
    }
    FileWalk walk = FileWalk.of(folder.get(), folderKey, privateFolder);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(walk, Spliterator.NONNULL), false)
        .onClose(walk::close)
        .filter(file -> file.key().startsWith(prefix) && ObjectPath.of(file.key()).isPresent());
  }

  private Optional<Path> root() throws IOException {
    try {
      return Optional.of(directory.toRealPath());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void checkInside(Path root, Path real, Path relative) {
    if (!real.startsWith(root)) {
      throw new StorageException(
          "A symbolic link leads from "
              + relative
              + " out of the storage's directory. Put the files into the directory instead.");
    }
  }

  private boolean isPrivate(Path root, Path real) throws IOException {
    return !real.equals(root) && privateFolder.is(root.resolve(root.relativize(real).getName(0)));
  }
}
