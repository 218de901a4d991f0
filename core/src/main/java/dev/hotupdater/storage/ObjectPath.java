package dev.hotupdater.storage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the file of an object is, relative to the directory of its storage. */
final class ObjectPath {
  private ObjectPath() {}

  /** The path for a key; empty if no file can have it. */
  static Optional<Path> of(String key) {
    if (ObjectKey.parse(key).isEmpty()) {
      return Optional.empty();
    }
    String[] segments = key.split("/", -1);
    for (String segment : segments) {
      if (!FileNames.ofThisSystem().allows(segment)) {
        return Optional.empty();
      }
    }
    if (segments[0].equalsIgnoreCase(PrivateFolder.NAME)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of("", segments));
    } catch (InvalidPathException e) {
      // The JVM's locale has no encoding for the name, so it can be no file's name either.
      return Optional.empty();
    }
  }

  /**
   * The path for a key.
   *
   * @throws UnusableKeyException if no file can have it
   */
  static Path require(String key) {
    return of(key)
        .orElseThrow(
            () ->
                new UnusableKeyException(
                    "No file can have the key '"
                        + key
                        + "'. It must be a relative path of file names of at most "
                        + FileNames.MAX_BYTES
                        + " bytes, and not start with "
                        + PrivateFolder.NAME
                        + ". If it has letters beyond ASCII, start Java with a UTF-8 locale."));
  }
}
