package dev.hotupdater.cli.publish;

import java.util.List;

/**
 * What a folder holds. Immutable.
 *
 * @param artifacts what is published, in the order of the names; at least one
 * @param remarks what is not, and why; a line for each
 */
record FolderContents(List<ArtifactFile> artifacts, List<String> remarks) {
  FolderContents {
    artifacts = List.copyOf(artifacts);
    remarks = List.copyOf(remarks);
  }
}
