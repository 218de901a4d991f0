package dev.hotupdater.cli.publish;

import dev.hotupdater.release.ArtifactTarget;
import java.nio.file.Path;

/**
 * A file that is published. Immutable.
 *
 * @param path where it is
 * @param name its path below the folder, for messages
 * @param target what it is for
 * @param signature the content of its signature file, without white space around it
 * @param size its size in bytes, at least 1
 */
record ArtifactFile(Path path, String name, ArtifactTarget target, String signature, long size) {
  /** The name that a client should save it under. */
  String fileName() {
    return String.valueOf(path.getFileName());
  }
}
