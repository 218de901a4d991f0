package dev.hotupdater.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in a storage's directory that belongs to the storage itself: it holds the signing key
 * and the files that are being written, and no object. Only its owner can look into it, where the
 * file system has POSIX permissions.
 */
final class PrivateFolder {
  /** Its name. No key may start with it, in any letter case. */
  static final String NAME = ".hotupdater";

  private static final String UNFINISHED = "unfinished";

  /** Far longer than any write takes: what is older was left by a process that ended. */
  private static final Duration ABANDONED_AFTER = Duration.ofDays(2);

  private static final Logger log = LoggerFactory.getLogger(PrivateFolder.class);

  private final Path directory;
  private final AtomicBoolean swept = new AtomicBoolean();

  PrivateFolder(Path directory) {
    this.directory = directory;
  }

  /** Its path, whether it exists or not. */
  Path path() {
    return directory.resolve(NAME);
  }

  /** Whether this existing path is the folder, whatever name a file system knows it by. */
  boolean is(Path other) throws IOException {
    try {
      return Files.isSameFile(path(), other);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Creates the directory and the folder if they do not exist. */
  void create() throws IOException {
    Files.createDirectories(directory);
    createPrivately(path());
  }

  /** A file that is about to be written, on the file system of the directory. */
  UnfinishedFile unfinishedFile() throws IOException {
    create();
    Path folder = path().resolve(UNFINISHED);
    createPrivately(folder);
    if (swept.compareAndSet(false, true)) {
      deleteAbandoned(folder);
    }
    return new UnfinishedFile(folder.resolve(UUID.randomUUID().toString()));
  }

  private void createPrivately(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.createDirectory(folder, ownerOnly("rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** The attributes that give a new file these permissions, where there are any. */
  FileAttribute<?>[] ownerOnly(String permissions) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static void deleteAbandoned(Path folder) throws IOException {
    FileTime limit = FileTime.from(Instant.now().minus(ABANDONED_AFTER));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        deleteIfOlder(file, limit);
      }
    }
  }

  private static void deleteIfOlder(Path file, FileTime limit) {
    try {
      if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).compareTo(limit) < 0) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      log.debug("Could not delete the abandoned file {}", file, e);
    }
  }
}
